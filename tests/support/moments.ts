import type { Page } from "playwright-core";

/** A call of a model as its card in the trace shows it. */
export interface ShownCall {
  answered: boolean;
  /** The words of the answer. Markdown, JSON and references are laid out, so that only their words can be told. */
  said: string[];
  reasoning: string;
  /** Names of the tools that it asks for. */
  asks: string[];
}

/** What the page of a run shows at one moment of it. */
export interface Shown {
  seq: number;
  /** Of the whole run. */
  status: string | undefined;
  /** The state of every node, by its id, and of every edge. */
  nodes: Record<string, string | undefined>;
  edges: Record<string, string | undefined>;
  /** What the dock says that came out, or how it failed, and what was put in. */
  outcome: string[];
  /** What the trace of the selected node tells. */
  calls: ShownCall[];
}

/** Puts the replay slider on one moment after another; answers with what the page shows in the next frame. */
export async function showMoments(page: Page, moments: readonly number[]): Promise<Shown[]> {
  return await page.evaluate(lookAtEach, moments);
}

// runs in the page, where nothing of this file is known: all that it uses is in it
async function lookAtEach(moments: readonly number[]): Promise<Shown[]> {
  const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>(selector)];
  const texts = (selector: string, within?: ParentNode) => all(selector, within).map((part) => part.textContent ?? "");
  const textOf = (part: HTMLElement) => {
    // the numbers of a list are drawn by the browser, and no part of the text
    const copy = part.cloneNode(true) as HTMLElement;
    for (const list of copy.querySelectorAll("ol")) {
      for (const [index, item] of [...list.children].entries()) item.prepend(`${list.start + index}. `);
    }
    return copy.textContent ?? "";
  };
  const answer = [".markdown", ".streaming-text", ".refusal", ".value-view:not([aria-label]) :is(.json-leaf, pre)"]
    .map((part) => `:scope > ${part}`)
    .join();
  const asks = "Asks for ";

  const call = (card: HTMLElement): ShownCall => ({
    answered: texts(".call-figures", card).join("") !== "answering …",
    said: all(answer, card).flatMap((part) => textOf(part).match(/[\p{L}\p{N}]+/gu) ?? []),
    reasoning: texts(".reasoning :is(p, pre)", card).join(""),
    asks: all(`.value-view[aria-label^="${asks}"]`, card).map(({ ariaLabel }) => ariaLabel?.slice(asks.length) ?? ""),
  });
  const look = (): Omit<Shown, "seq"> => ({
    status: all(".dock .status-chip")[0]?.dataset.status,
    nodes: Object.fromEntries(all(".react-flow__node").map(({ dataset }) => [dataset.id ?? "", dataset.state])),
    edges: Object.fromEntries(
      all(".react-flow__edge").map((edge) => [edge.dataset.id ?? "", all(".wire", edge)[0]?.dataset.state]),
    ),
    outcome: texts(".run-output :is(h3, p, pre)"),
    calls: all('.trace article[aria-label^="Model call"]').map(call),
  });

  const slider = document.querySelector<HTMLInputElement>('input[aria-label="Replay"]');
  if (!slider) throw new Error("There is no replay slider.");
  const shown: Shown[] = [];
  for (const seq of moments) {
    slider.valueAsNumber = seq;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    // the page draws what has changed once a frame
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const [place] = texts(".replay-place");
    if (!place?.startsWith(`${seq}/`)) throw new Error(`The page was put on moment ${seq} and shows "${place}".`);
    shown.push({ seq, ...look() });
  }
  return shown;
}
