import { median, noise } from './statistics.ts';

/** One line of the table: the measurement, its comparison, and its goal. */
export type Line = {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  /** The physical limit, measured in the same run; null where an absolute number is the goal. */
  readonly limit: { readonly what: string; readonly value: number } | null;
  /** The judged value: the ratio to the limit, or the number itself. */
  readonly judged: number;
  /** The random error of `judged`. */
  readonly noise: number;
  /** The largest allowed `judged`; null: for information only. */
  readonly goal: number | null;
};

/** A line judged by the median of the ratios of alternating runs. */
export function ratioLine(line: {
  readonly what: string;
  readonly unit: string;
  readonly limit: string;
  readonly pairs: readonly { readonly ours: number; readonly limit: number }[];
  readonly goal: number | null;
}): Line {
  const ratios = line.pairs.map(({ ours, limit }) => ours / limit);
  return {
    what: line.what,
    unit: line.unit,
    ours: median(line.pairs.map(({ ours }) => ours)),
    limit: { what: line.limit, value: median(line.pairs.map(({ limit }) => limit)) },
    judged: median(ratios),
    noise: noise(ratios),
    goal: line.goal,
  };
}

/** A line judged by a number of its own. */
export function valueLine(line: {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly noise?: number;
  readonly goal: number | null;
}): Line {
  return { ...line, limit: null, judged: line.ours, noise: line.noise ?? 0 };
}

/** Whether the goal was missed by more than chance explains. */
export function isMissed({ judged, noise: error, goal }: Line): boolean {
  return goal !== null && judged - 2 * error > goal;
}

/** The table as Markdown, as in docs/performance.md. */
export function formatTable(lines: readonly Line[]): string {
  const rows = lines.map((line) => [
    line.what,
    `${shown(line.ours)} ${line.unit}`,
    line.limit === null ? '–' : `${shown(line.limit.value)} ${line.unit} (${line.limit.what})`,
    line.limit === null
      ? '–'
      : `${line.judged.toFixed(2)} × ± ${Math.max(0.01, line.noise).toFixed(2)}`,
    line.goal === null ? '–' : `≤ ${line.goal}${line.limit === null ? ` ${line.unit}` : ' ×'}`,
    line.goal === null ? '' : isMissed(line) ? 'missed' : 'kept',
  ]);
  const head = ['what', 'Deskbell', 'limit in the same run', 'ratio', 'goal', ''];
  const rule = head.map(() => '---');
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
