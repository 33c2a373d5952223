import { expect, test } from 'vitest';
import { createPageEvents } from '../../../electron/window/page-events.ts';

function aWindow(isDestroyed = false) {
  const heard: unknown[] = [];
  const window = {
    isDestroyed: () => isDestroyed,
    webContents: { send: (name: string, detail: unknown) => void heard.push([name, detail]) },
  };
  return { events: createPageEvents(window), heard };
}

test('the page hears an event before the listeners', () => {
  const { events, heard } = aWindow();
  events.onEmit((name) => void heard.push(name));
  events.emit('app.changed', {});
  expect(heard).toEqual([['app.changed', {}], 'app.changed']);
});

test('listeners hear events after the window has closed', () => {
  const { events, heard } = aWindow(true);
  events.onEmit((name) => void heard.push(name));
  events.emit('export.progressed', { rows: 1 });
  expect(heard).toEqual(['export.progressed']);
});
