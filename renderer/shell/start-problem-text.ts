import type { StartProblem } from '../../shared/desk-snapshot.ts';
import type { Translations } from '../i18n/translations.ts';

export type ProblemText = {
  readonly title: string;
  /** The location of the problem, for the person who fixes it. */
  readonly details: readonly string[];
  readonly todo: string;
};

/** Describes what keeps Deskbell from working, and what to do. */
export function startProblemText({ t }: Translations, problem: StartProblem): ProblemText {
  const text = (details: readonly string[]): ProblemText => ({
    title: t(`blocked.${problem.kind}.title`),
    details: details.filter((detail) => detail !== ''),
    todo: t(`blocked.${problem.kind}.todo`),
  });
  switch (problem.kind) {
    case 'config':
      return text([
        problem.line === null
          ? problem.file
          : t('blocked.config.inLine', { file: problem.file, line: problem.line }),
        problem.key === '' ? '' : t('blocked.config.key', { key: problem.key }),
        problem.detail,
      ]);
    case 'config-rights':
    case 'data-folder':
    case 'disk-full':
    case 'newer-database':
    case 'damaged-database':
    case 'in-use':
      return text([problem.path]);
    case 'native-module':
    case 'bug':
      return text([t('blocked.reference', { reference: problem.reference })]);
    default:
      return problem satisfies never;
  }
}
