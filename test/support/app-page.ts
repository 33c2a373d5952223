import type { Locator, Page } from 'playwright';

/**
 * Deskbell's window as assistive technology finds it: by roles, English names and the texts of the states, which are
 * promised not to change.
 */
export type AppPage = {
  readonly tab: (name: 'Invite' | 'Outbox' | 'History' | 'Settings') => Locator;
  readonly phone: Locator;
  readonly customerName: Locator;
  readonly business: Locator;
  readonly sentBy: Locator;
  /** The line that opens the message, and the text that it contains. */
  readonly messageLine: Locator;
  readonly messageText: Locator;
  readonly send: Locator;
  readonly verdict: Locator;
  readonly result: Locator;
  readonly connection: Locator;
  readonly sendAgain: Locator;
  readonly reason: Locator;
  readonly apiKey: Locator;
  readonly practiceBanner: Locator;
  /** The screen that replaces the tabs when Deskbell cannot work. */
  readonly blocked: Locator;
  readonly button: (name: string) => Locator;
  /** The row of an invitation in Outbox or History, found by any text in it. */
  readonly row: (text: string) => Locator;
  readonly rows: Locator;
};

/** Finds the parts of a page that may still be loading. */
export function appPage(page: Page): AppPage {
  const named = (role: 'textbox' | 'combobox' | 'button' | 'status' | 'tab', name: string) =>
    page.getByRole(role, { name, exact: true });
  const rows = page.getByRole('main').getByRole('listitem');
  return {
    tab: (name) => named('tab', name),
    phone: named('textbox', 'Phone number'),
    customerName: named('textbox', 'Customer name'),
    business: named('combobox', 'Business'),
    sentBy: named('combobox', 'Sent by'),
    messageLine: page.getByRole('button', { name: /^Message / }),
    messageText: named('textbox', 'Message text'),
    send: named('button', 'Send invitation'),
    verdict: named('status', 'Verdict'),
    result: named('status', 'Result'),
    connection: named('status', 'Connection'),
    sendAgain: page.getByRole('switch', { name: 'Send again anyway', exact: true }),
    reason: named('combobox', 'Reason'),
    apiKey: named('textbox', 'API key'),
    practiceBanner: page.getByRole('complementary', { name: 'Practice mode: no SMS is sent' }),
    blocked: page.getByRole('alert').filter({ has: page.getByRole('heading', { level: 1 }) }),
    button: (name) => named('button', name),
    row: (text) => rows.filter({ hasText: text }),
    rows,
  };
}
