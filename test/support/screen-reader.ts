import type { Page } from 'playwright';

declare global {
  interface Window {
    /** What a screen reader would have announced, in order. */
    heard?: string[];
  }
}

/**
 * Observes the live regions of a page as a screen reader does: an existing region is announced when its text changes,
 * whole or only the new part; an alert also when it appears. Hidden or inert content is not announced.
 */
export async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    window.heard = heard;
    const textOf = (node: Node): string => (node.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
    const isReached = (element: Element): boolean =>
      element.checkVisibility() &&
      [...document.querySelectorAll('dialog:modal')].every((dialog) => dialog.contains(element));
    const live = '[role=status], [role=alert]';
    new MutationObserver((changes) => {
      const said = new Map<Element, string[]>();
      for (const { target, addedNodes } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(live) ?? null;
        const added = [...addedNodes].filter((node) => node.isConnected);
        const alerts = added.flatMap((node) =>
          node instanceof Element && region === null
            ? [node, ...node.querySelectorAll('[role=alert]')].filter((one) =>
                one.matches('[role=alert]'),
              )
            : [],
        );
        for (const alert of alerts) said.set(alert, [textOf(alert)]);
        if (region === null || !region.isConnected) continue;
        const isWhole = region.getAttribute('aria-atomic') !== 'false';
        const news = isWhole ? [] : (said.get(region) ?? []);
        said.set(region, isWhole ? [textOf(region)] : [...news, ...added.map(textOf)]);
      }
      for (const [region, texts] of said)
        if (isReached(region)) heard.push(...texts.filter((text) => text !== ''));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => window.heard ?? []);
}
