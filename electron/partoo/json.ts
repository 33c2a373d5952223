const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json[ \t]*(?:;|$)/i;

const WEB_PAGE_TYPE = /^(?:text\/html|application\/xhtml\+xml)[ \t]*(?:;|$)/i;
const WEB_PAGE = /^\s*<(?:!doctype html|html)\b/i;

/** Whether an answer is a page for a browser, whatever it was declared to be: a portal or a proxy, never Partoo. */
const isWebPage = (contentType: string, body: string | undefined): boolean =>
  WEB_PAGE_TYPE.test(contentType) || (body !== undefined && WEB_PAGE.test(body));

/**
 * The JSON of an answer; undefined when it was not declared to be JSON or is not. A page of a hotel's portal or a
 * proxy's apology comes with any status, so nothing is believed that is not both.
 */
export const parseJson = (contentType: string, body: string | undefined): unknown => {
  if (body === undefined || !JSON_TYPE.test(contentType)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** Why an answer says nothing: a page in Partoo's place, JSON of a shape that is not known, or no JSON at all. */
export const whyUnknown = (
  contentType: string,
  body: string | undefined,
): 'web-page' | 'unknown-shape' | 'unreadable' => {
  if (isWebPage(contentType, body)) return 'web-page';
  return parseJson(contentType, body) === undefined ? 'unreadable' : 'unknown-shape';
};
