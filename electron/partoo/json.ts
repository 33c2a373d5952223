const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json[ \t]*(?:;|$)/i;

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
