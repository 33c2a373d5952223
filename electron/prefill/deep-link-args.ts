/** What a booking system opens to hand over a customer: `deskbell://invite?phone=…&name=…`. */
export const LINK_SCHEME = 'deskbell';

/** The links among the arguments of a start. Anybody can start a program with any argument. */
export function findDeepLinks(args: readonly string[]): readonly string[] {
  return args.filter((arg) => arg.slice(0, LINK_SCHEME.length + 1).toLowerCase() === 'deskbell:');
}
