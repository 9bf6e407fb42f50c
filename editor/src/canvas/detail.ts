type Detail = "full" | "compact" | "overview";

/** Below these zooms a card shows less. */
const levels: readonly { detail: Detail; below: number; from: readonly Detail[] }[] = [
  { detail: "overview", below: 0.42, from: ["overview"] },
  { detail: "compact", below: 0.6, from: ["compact", "overview"] },
];
/** How far beyond a level the zoom must go before it changes back: at the border nothing flickers. */
const slack = 0.04;

/** How much a card shows at a zoom, given how much it shows now. */
export function detailAt(zoom: number, now: Detail): Detail {
  const level = levels.find(({ below, from }) => zoom < below + (from.includes(now) ? slack : 0));
  return level?.detail ?? "full";
}

/** Writes the detail of a zoom on the canvas, where styles read it; no card renders for it. */
export function createDetail(): (root: HTMLElement, zoom: number) => void {
  let now: Detail = "full";
  return (root, zoom) => {
    const next = detailAt(zoom, now);
    if (next === now) return;
    now = next;
    root.dataset.detail = next;
  };
}
