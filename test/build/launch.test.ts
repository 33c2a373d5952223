import { expect, test } from 'vitest';
import { mustDropSandbox } from '../../build/launch.mjs';

const facts = {
  platform: 'linux',
  isRoot: false,
  helperIsSetuid: false,
  userNamespaces: true,
} as const;

test.each([
  ['the kernel lets every user create namespaces', {}, false],
  ['only the helper may create them', { userNamespaces: false, helperIsSetuid: true }, false],
  ['no process may create them', { userNamespaces: false }, true],
  ['root', { isRoot: true }, true],
  ['root with a helper', { isRoot: true, helperIsSetuid: true }, true],
  ['macOS', { platform: 'darwin', userNamespaces: false }, false],
  ['Windows', { platform: 'win32', userNamespaces: false }, false],
] as const)('uses the sandbox where %s', (_, difference, dropped) => {
  expect(mustDropSandbox({ ...facts, ...difference })).toBe(dropped);
});
