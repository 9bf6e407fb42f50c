import { type RefObject, useEffect, useRef } from "react";

const moves: Readonly<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const decisions: Readonly<Record<string, string>> = { a: "approve", r: "reject" };

/**
 * The inbox by keys: j and k (or the arrows) go from card to card, A and R answer the approval one is on. Nothing of it
 * happens where text is written. `count`: how many cards there are; when one goes, the next takes its place.
 */
export function useInboxKeys(list: RefObject<HTMLElement | null>, count: number): void {
  const place = useRef<number | undefined>(undefined);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWritten(event.target)) return;
      const cards = cardsIn(list.current);
      const current = cards.findIndex((card) => card.contains(document.activeElement));
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const [move, decision] = [moves[key], decisions[key]];
      if (move !== undefined) {
        const next = cards[Math.min(Math.max(current + move, 0), cards.length - 1)];
        if (!next) return;
        event.preventDefault();
        next.focus();
        place.current = cards.indexOf(next);
      } else if (decision !== undefined && !event.repeat) {
        const button = cards[current]?.querySelector<HTMLButtonElement>(`[data-decision="${decision}"]`);
        if (!button || button.disabled) return;
        event.preventDefault();
        place.current = current;
        button.click();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [list]);

  useEffect(() => {
    if (count === 0 || place.current === undefined || document.activeElement !== document.body) return;
    const cards = cardsIn(list.current);
    cards[Math.min(place.current, cards.length - 1)]?.focus();
  }, [list, count]);
}

function cardsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("article[tabindex]") ?? [])];
}

function isWritten(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
