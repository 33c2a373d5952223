/** The scheme of the links that booking systems open to prefill a customer: `deskbell://invite?phone=…&name=…`. */
export const LINK_SCHEME = 'deskbell';

/** Returns the links among the arguments of a start. Untrusted: any program can pass any argument. */
export function findDeepLinks(args: readonly string[]): readonly string[] {
  return args.filter((arg) => arg.slice(0, LINK_SCHEME.length + 1).toLowerCase() === 'deskbell:');
}
