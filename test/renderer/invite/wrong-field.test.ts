import { describe, expect, test } from 'vitest';
import { fieldOf, wrongBy, type Field } from '../../../renderer/invite/wrong-field.ts';

const TEXTS = { obstacleId: 'obstacle', resultId: 'result' };
const CALM = { obstacle: null, isComplained: false, failure: null, pin: '' } as const;

test.each(['closed', 'open', 'do-not-contact', 'incomplete'] as const)(
  '[row 267] %s keeps the focus in the phone field',
  (obstacle) => {
    expect(fieldOf(obstacle)).toBe('phone');
  },
);

describe('[row 250] a field of the form is marked as invalid', () => {
  test.each([
    ['no-reason', 'reason'],
    ['no-pin', 'pin'],
    ['no-consent', 'consent'],
  ] as const)('%s: after an attempt to send without it', (obstacle, field) => {
    expect(wrongBy({ ...CALM, obstacle }, TEXTS)(field)).toBeUndefined();
    const wrong = wrongBy({ ...CALM, obstacle, isComplained: true }, TEXTS);
    expect(wrong(field)).toBe('obstacle');
    expect(wrong('name')).toBeUndefined();
  });

  test.each([
    ['name-with-phone', 'name'],
    ['message-no-link', 'message'],
  ] as const)('%s: as soon as it is there', (obstacle, field) => {
    expect(wrongBy({ ...CALM, obstacle }, TEXTS)(field)).toBe('obstacle');
  });

  test.each([
    { kind: 'wrong-pin', waitSeconds: 0 },
    { kind: 'pin-wait', waitSeconds: 30 },
  ] as const)('a refused PIN ($kind), until another one is typed', (failure) => {
    const refused = { ...CALM, failure, obstacle: 'no-pin' } as const;
    expect(wrongBy(refused, TEXTS)('pin')).toBe('result');
    expect(wrongBy({ ...refused, pin: '4' }, TEXTS)('pin')).toBeUndefined();
  });

  test('no field is marked in a form that can be sent, nor for a failure of no field', () => {
    const fields: readonly Field[] = ['phone', 'reason', 'pin', 'name', 'message'];
    for (const field of fields) {
      expect(wrongBy(CALM, TEXTS)(field)).toBeUndefined();
      expect(wrongBy({ ...CALM, failure: { kind: 'too-late' } }, TEXTS)(field)).toBeUndefined();
    }
  });
});
