import { expect, test } from 'vitest';
import { openProtocolClient } from '../../../electron/os/protocol-client.ts';

function aSystem(platform: NodeJS.Platform) {
  const done: unknown[] = [];
  let isOurs = false;
  const handler = openProtocolClient({
    scheme: 'deskbell',
    platform,
    command: ['/opt/deskbell', '--config=/etc/my desk.json'],
    app: {
      isDefaultProtocolClient: (...asked) => {
        done.push(['is', ...asked]);
        return isOurs;
      },
      setAsDefaultProtocolClient: (...asked) => {
        done.push(['set', ...asked]);
        isOurs = true;
        return true;
      },
      removeAsDefaultProtocolClient: (...asked) => {
        done.push(['remove', ...asked]);
        isOurs = false;
        return true;
      },
    },
  });
  return { handler, done };
}

const WHAT = ['deskbell', '/opt/deskbell', ['--config=/etc/my desk.json', '--']];

test('registers links with a "--", so that none of them is read as a switch', () => {
  const { handler, done } = aSystem('win32');
  handler.set('on');
  expect(done).toEqual([['set', ...WHAT]]);
});

test('does not unregister what was never registered', () => {
  const { handler, done } = aSystem('win32');
  handler.set('off');
  expect(done).toEqual([['is', ...WHAT]]);
  handler.set('on');
  handler.set('off');
  expect(done.at(-1)).toEqual(['remove', ...WHAT]);
});

test('does nothing on Linux: registration starts a program there and cannot be undone', () => {
  const { handler, done } = aSystem('linux');
  handler.set('off');
  expect(done).toEqual([]);
});
