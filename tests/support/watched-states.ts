import type { Page } from "playwright-core";

declare global {
  interface Window {
    watchedStates?: Record<string, string[]>;
  }
}

/** From now on, keeps every state that every node shows, in order. */
export async function watchStates(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Record<string, string[]> = {};
    window.watchedStates = seen;
    const note = (element: Element) => {
      const id = element.getAttribute("data-id");
      const state = element.getAttribute("data-state");
      if (id === null || state === null || !element.classList.contains("react-flow__node")) return;
      seen[id] ??= [];
      if (seen[id].at(-1) !== state) seen[id].push(state);
    };
    for (const element of document.querySelectorAll(".react-flow__node")) note(element);
    new MutationObserver((changes) => {
      for (const { target } of changes) if (target instanceof Element) note(target);
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
  });
}

/** What was shown since `watchStates`, by node. */
export async function statesOverTime(page: Page): Promise<Map<string, string[]>> {
  return new Map(Object.entries((await page.evaluate(() => window.watchedStates)) ?? {}));
}
