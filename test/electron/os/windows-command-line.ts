/**
 * The command line that Electron writes for a link or a login item: it quotes what has a space, a backslash or a quote
 * (shell/common/command_line_util_win.cc, since version 42).
 */
export function electronCommandLine(parts: readonly string[]): string {
  return parts.map(quoted).join(' ');
}

function quoted(part: string): string {
  if (!/[ \\"]/.test(part)) return part;
  return `"${part.replaceAll(/(\\*)("|$)/g, (_all, slashes: string, end: string) => `${slashes}${slashes}${end === '"' ? String.raw`\"` : ''}`)}"`;
}

/**
 * Parses a command line as Windows does. The program ends at the next quote or space, without escapes; in the rest, 2n
 * backslashes before a quote are n and the quote, 2n+1 are n and a literal quote, and all others are literal.
 * https://learn.microsoft.com/en-us/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw
 */
export function commandLineToArgv(line: string): readonly string[] {
  const program = /^"([^"]*)"?|^[^ \t]*/.exec(line);
  const rest = line.slice(program?.[0].length ?? 0);
  return [program?.[1] ?? program?.[0] ?? '', ...readArguments(rest)];
}

function readArguments(text: string): readonly string[] {
  const args: string[] = [];
  let at = 0;
  while (at < text.length) {
    while (text[at] === ' ' || text[at] === '\t') at += 1;
    if (at >= text.length) break;
    let arg = '';
    let isQuoted = false;
    for (; at < text.length; at += 1) {
      const letter = text[at] ?? '';
      if (!isQuoted && (letter === ' ' || letter === '\t')) break;
      const slashes = /^\\*/.exec(text.slice(at))?.[0].length ?? 0;
      if (slashes > 0) {
        const isBeforeQuote = text[at + slashes] === '"';
        const isEscape = isBeforeQuote && slashes % 2 === 1;
        arg += '\\'.repeat(isBeforeQuote ? Math.floor(slashes / 2) : slashes);
        if (isEscape) arg += '"';
        at += slashes - (isEscape ? 0 : 1);
      } else if (letter !== '"') {
        arg += letter;
      } else if (isQuoted && text[at + 1] === '"') {
        // Two of them in a quoted text are one.
        arg += '"';
        at += 1;
      } else {
        isQuoted = !isQuoted;
      }
    }
    args.push(arg);
  }
  return args;
}
