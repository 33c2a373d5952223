import type { ManagedConfig } from '../settings/managed-config.ts';

/** Says what is wrong with the managed configuration: the file, the line and the key. */
export function describeConfigProblem(
  problem: Extract<ManagedConfig, { kind: 'broken' }>['problem'],
): string {
  if (problem.kind === 'config-rights')
    return `${problem.path}: others than administrators may write it, so it is not used`;
  const { file, line, key, detail } = problem;
  return `${file}${line === null ? '' : `:${line}`}: ${key === '' ? '' : `${key}: `}${detail}`;
}
