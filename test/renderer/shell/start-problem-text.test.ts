import { expect, test } from 'vitest';
import { startProblemText } from '../../../renderer/shell/start-problem-text.ts';
import type { StartProblem } from '../../../shared/desk-snapshot.ts';
import { SENTENCE, TRANSLATIONS } from '../samples.ts';

test.each<StartProblem>([
  { kind: 'config', file: 'config.json', line: 7, key: 'apiUrl', detail: 'must be https' },
  { kind: 'config', file: 'config.json', line: null, key: '', detail: 'is no JSON' },
  { kind: 'config-rights', path: '/etc/deskbell' },
  { kind: 'data-folder', path: '/data' },
  { kind: 'disk-full', path: '/data' },
  { kind: 'newer-database', path: '/data' },
  { kind: 'damaged-database', path: '/data' },
  { kind: 'in-use', path: '/data' },
  { kind: 'native-module', reference: 'a1b2' },
  { kind: 'bug', reference: 'a1b2' },
])('a start that fails by $kind says what is wrong, where, and what to do', (problem) => {
  const { title, details, todo } = startProblemText(TRANSLATIONS, problem);
  expect(title).toMatch(SENTENCE);
  expect(todo).toMatch(SENTENCE);
  expect(details.length).toBeGreaterThan(0);
  expect(details).not.toContain('');
});

test('a configuration mistake shows file, line and key', () => {
  const problem = { kind: 'config', file: 'c.json', line: 7, key: 'apiUrl', detail: 'd' } as const;
  expect(startProblemText(TRANSLATIONS, problem).details).toEqual([
    'c.json, line 7',
    'Setting: apiUrl',
    'd',
  ]);
});
