import { readdirSync, readFileSync } from 'node:fs';

/** A process and all its descendants. Linux only: read from /proc. */
export function processTree(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = statOf(Number(name))?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree: number[] = [];
  const found = [root];
  for (let pid = found.pop(); pid !== undefined; pid = found.pop()) {
    tree.push(pid);
    found.push(...(children.get(pid) ?? []));
  }
  return tree;
}

/** Megabytes that these processes use together, with shared memory counted once (proportional set size). */
export function memoryOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) {
    const text = readIfThere(`/proc/${pid}/smaps_rollup`);
    kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** Milliseconds of processor time that these processes have used. A tick is 10 ms (`getconf CLK_TCK` is 100). */
export function processorMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (statOf(pid)?.ticks ?? 0) * 10, 0);
}

/** Open files and sockets of one process. */
export function handlesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** A process that ends in between returns nothing. */
function statOf(pid: number): { readonly parent: number; readonly ticks: number } | undefined {
  const text = readIfThere(`/proc/${pid}/stat`);
  // The name in brackets may contain anything: fields are counted from after it (proc(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (text === '') return undefined;
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
