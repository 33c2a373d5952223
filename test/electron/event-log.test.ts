import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createEventLog } from '../../electron/event-log.ts';
import { holdFiles } from '../support/builtin-fs.ts';

const NUMBER = '+33639980042';
const NAME = 'Marie-Canary Dupont';
const KEY = 'sk-canary-0123456789abcdef';
const CANARIES = [NUMBER, '33639980042', NAME, 'Canary', KEY];

const NOW = Date.UTC(2026, 10, 23, 9);

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'deskbell-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const logs = join(folder, 'logs');
  const log = createEventLog({ folder: logs, now: () => NOW, newReference: () => 'ref-1' });
  const lines = () =>
    readFileSync(join(logs, 'deskbell.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  return { folder, logs, log, lines };
}

/** Throws through a function whose name the log entry must show. */
function bookTable(message: string): Error {
  return new RangeError(message);
}

describe('a bug', () => {
  test('is written with its class, code and place, and gets a reference', () => {
    const { log, lines } = setUp();
    const error = Object.assign(bookTable('out of range'), { code: 'ERR_OUT_OF_RANGE' });
    expect(log.reportBug(error)).toBe('ref-1');
    expect(lines()).toEqual([
      {
        at: '2026-11-23T09:00:00.000Z',
        event: 'bug',
        reference: 'ref-1',
        name: 'RangeError',
        code: 'ERR_OUT_OF_RANGE',
        stack: expect.arrayContaining([expect.stringMatching(/^bookTable [\w.-]+:\d+:\d+$/)]),
      },
    ]);
  });

  const pretended = new Error(
    `x\n    at ${NAME} (/home/${NAME}/${NUMBER}.ts:1:2)\n    at ${KEY}:1:2`,
  );
  const renamed = Object.assign(new Error('x'), { name: NAME });
  const changed = new Error(`x\n    at ${NAME} (/home/x.ts:1:2)`);
  changed.message = 'something else';
  test.each([
    ['in its message', new Error(`${NUMBER} ${NAME} ${KEY}`)],
    ['in a message of many lines', new Error(`a\n${NUMBER}\n${NAME}\n${KEY}`)],
    ['in a message that looks like a stack', pretended],
    ['in a message changed later', changed],
    ['in its name', renamed],
    ['in its code', Object.assign(new Error('x'), { code: NUMBER })],
    ['in a code of another kind', Object.assign(new Error('x'), { code: { name: NAME } })],
    ['in its fields', Object.assign(new Error('x'), { sql: NUMBER, row: { name: NAME }, KEY })],
    ['in its cause', new Error('x', { cause: new Error(`${NUMBER} ${NAME}`) })],
    ['in its collected errors', new AggregateError([new Error(NUMBER), NAME], KEY)],
    ['in a thrown string', `${NUMBER} ${NAME} ${KEY}`],
    ['in a thrown object', { message: NUMBER, stack: NAME, name: KEY }],
  ])('[row 99] [I9] never contains a number, a name or a key %s', (_title, error) => {
    const { log, logs } = setUp();
    log.reportBug(error);
    const text = readFileSync(join(logs, 'deskbell.log'), 'utf8');
    for (const canary of CANARIES) expect(text).not.toContain(canary);
    expect(text).not.toMatch(/\+?\d{8,}/);
  });

  test('contains no folder of this PC', () => {
    const { log, logs } = setUp();
    log.reportBug(bookTable('x'));
    expect(readFileSync(join(logs, 'deskbell.log'), 'utf8')).not.toContain(import.meta.dirname);
  });
});

describe('the event log file', () => {
  test('holds one object per line, oldest first, readable for this user only', () => {
    const { log, logs, lines } = setUp();
    log.write({ event: 'started', version: '1.0.0', mode: 'live' });
    log.write({ event: 'stopped' });
    expect(lines()).toMatchObject([
      { event: 'started', version: '1.0.0', mode: 'live' },
      { event: 'stopped' },
    ]);
    if (process.platform !== 'win32') {
      expect(statSync(join(logs, 'deskbell.log')).mode & 0o077).toBe(0);
    }
  });

  test('is rotated at one mebibyte, and the previous file is kept', () => {
    const { log, logs } = setUp();
    log.write({ event: 'stopped' });
    writeFileSync(join(logs, 'deskbell.log'), 'x'.repeat(1024 * 1024));
    log.write({ event: 'stopped' });
    writeFileSync(join(logs, 'deskbell.log'), 'y'.repeat(1024 * 1024));
    log.write({ event: 'renderer-gone', reason: 'crashed' });
    expect(readdirSync(logs).toSorted()).toEqual(['deskbell.log', 'deskbell.log.1']);
    expect(readFileSync(join(logs, 'deskbell.log'), 'utf8')).toContain('renderer-gone');
    expect(readFileSync(join(logs, 'deskbell.log.1'), 'utf8').startsWith('yyy')).toBe(true);
  });

  test('[row 170] grows on while another program holds the previous file, and loses no line', () => {
    const { log, logs } = setUp();
    log.write({ event: 'stopped' });
    writeFileSync(join(logs, 'deskbell.log.1'), 'the one before');
    writeFileSync(join(logs, 'deskbell.log'), `${'x'.repeat(1024 * 1024)}\n`);
    const held = holdFiles((path) => path.endsWith('.1'));
    log.write({ event: 'renderer-gone', reason: 'crashed' });
    expect(readFileSync(join(logs, 'deskbell.log'), 'utf8')).toContain('renderer-gone');
    expect(held.waitedMs()).toBe(0);
    held.free();
    log.write({ event: 'shown' });
    expect(readFileSync(join(logs, 'deskbell.log.1'), 'utf8')).toContain('renderer-gone');
    expect(readFileSync(join(logs, 'deskbell.log'), 'utf8')).not.toContain('renderer-gone');
  });

  test('that cannot be written stops nothing: the line goes to standard error', () => {
    const { folder } = setUp();
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const written: string[] = [];
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
      written.push(String(line));
      return true;
    });
    onTestFinished(() => stderr.mockRestore());
    const log = createEventLog({ folder: file, now: () => NOW, newReference: () => 'ref-1' });
    log.write({ event: 'stopped' });
    expect(log.reportBug(new Error(NAME))).toBe('ref-1');
    expect(written).toHaveLength(2);
    expect(written.join('')).not.toContain(NAME);
  });
});
