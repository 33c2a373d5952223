import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { centralSettingsSchema } from '../../shared/settings.ts';

test('docs/site-database.md lists exactly the settings that a desk accepts from the site database', () => {
  const file = join(import.meta.dirname, '../../docs/site-database.md');
  const list = /A desk accepts ([^,]+(?:,[^,]+)*?), and no other/.exec(readFileSync(file, 'utf8'));
  const names = [...(list?.[1] ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1]);
  expect(new Set(names)).toEqual(new Set(Object.keys(centralSettingsSchema.shape)));
});
