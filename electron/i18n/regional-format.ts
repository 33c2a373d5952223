/** Names that say nothing of a region. */
const NO_REGION = ['C', 'POSIX'];

/**
 * Whose numbers the spreadsheets of this PC write, as a BCP 47 locale. Windows and macOS tell it as the system's locale,
 * whatever language they are displayed in; on Linux the environment has a locale for numbers of its own.
 * https://www.electronjs.org/docs/latest/api/app#appgetsystemlocale
 */
export function regionalFormat(parts: {
  readonly platform: string;
  readonly systemLocale: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): string {
  if (parts.platform !== 'linux') return parts.systemLocale;
  const { LC_ALL, LC_NUMERIC, LANG } = parts.environment;
  const named = [LC_ALL, LC_NUMERIC, LANG].find((name) => name !== undefined && name !== '');
  const locale = named?.replace(/[.@].*$/, '') ?? '';
  return locale === '' || NO_REGION.includes(locale)
    ? parts.systemLocale
    : locale.replaceAll('_', '-');
}
