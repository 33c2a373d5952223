import { describe, expect, test } from 'vitest';
import {
  addClearedForm,
  afterRestoring,
  type ClearedForm,
} from '../../../renderer/invite/use-cleared-form-list.ts';
import { KEPT } from '../samples.ts';

const clearedForm = (token: string, phone = ''): ClearedForm => ({
  why: 'cleared',
  form: { ...KEPT, token, phone },
  until: 1,
});
const tokens = (clearedForms: readonly ClearedForm[]): readonly string[] =>
  clearedForms.map(({ form }) => form.token);

describe('[row 221] cleared forms', () => {
  test('are stored latest first, each with its last content', () => {
    const two = [clearedForm('a'), clearedForm('b')].reduce<readonly ClearedForm[]>(
      addClearedForm,
      [],
    );
    expect(tokens(two)).toEqual(['b', 'a']);
    const again = addClearedForm(two, clearedForm('a', '06 39 98 00 12'));
    expect(tokens(again)).toEqual(['a', 'b']);
    expect(again[0]?.form.phone).toBe('06 39 98 00 12');
  });

  test('are limited in number', () => {
    const many = Array.from({ length: 100 }, (_, at) => clearedForm(String(at)));
    const kept = many.reduce<readonly ClearedForm[]>(addClearedForm, []);
    expect(kept).toHaveLength(20);
    expect(kept[0]?.form.token).toBe('99');
  });

  test('can all be restored one after another', () => {
    let clearedForms: readonly ClearedForm[] = [
      clearedForm('a'),
      clearedForm('b'),
      clearedForm('c'),
    ];
    let inForm: ClearedForm | null = null;
    const seen: string[] = [];
    for (const _ of [1, 2, 3, 4]) {
      const next = clearedForms[0] ?? null;
      clearedForms = afterRestoring(clearedForms, inForm);
      inForm = next;
      seen.push(inForm?.form.token ?? '');
    }
    expect(seen).toEqual(['a', 'b', 'c', 'a']);
  });
});
