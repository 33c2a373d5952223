import { expect, test } from 'vitest';
import { deskNameSchema } from '../../shared/other-desks.ts';

test('the name of a desk is one line of at most 60 characters, as it is stored', () => {
  for (const name of ['Desk 2', 'Réception – RDC', 'x'.repeat(60)])
    expect(deskNameSchema.safeParse(name).success).toBe(true);
  for (const name of ['', '  ', ' Desk 2', 'Desk\n2', 'Desk \u202E2', 'x'.repeat(61)])
    expect({ name, isName: deskNameSchema.safeParse(name).success }).toEqual({
      name,
      isName: false,
    });
});
