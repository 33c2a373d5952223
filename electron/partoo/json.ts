const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json[ \t]*(?:;|$)/i;

const WEB_PAGE_TYPE = /^(?:text\/html|application\/xhtml\+xml)[ \t]*(?:;|$)/i;
const WEB_PAGE = /^\s*<(?:!doctype html|html)\b/i;

/** Whether an answer is a web page, whatever its declared type: from a portal or a proxy, never from Partoo. */
const isWebPage = (contentType: string, body: string | undefined): boolean =>
  WEB_PAGE_TYPE.test(contentType) || (body !== undefined && WEB_PAGE.test(body));

/**
 * Parses the JSON of an answer; undefined unless it is declared as JSON and is JSON. A hotel portal's page or a
 * proxy's error page comes with any status, so both are required.
 */
export const parseJson = (contentType: string, body: string | undefined): unknown => {
  if (body === undefined || !JSON_TYPE.test(contentType)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** The cause why an answer is useless: a web page in Partoo's place, JSON of an unknown shape, or no JSON. */
export const whyUnknown = (
  contentType: string,
  body: string | undefined,
): 'web-page' | 'unknown-shape' | 'unreadable' => {
  if (isWebPage(contentType, body)) return 'web-page';
  return parseJson(contentType, body) === undefined ? 'unreadable' : 'unknown-shape';
};
