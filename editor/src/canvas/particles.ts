import type { Point } from "../document/geometry.ts";

/** How many edges show their traffic at once: more would say no more. */
const most = 50;
/** Points at which a line is measured once, so that no frame measures it again. */
const samples = 48;

interface Carried {
  points: readonly Point[];
  length: number;
  since: number;
}

const carried = new Map<string, Carried>();
let wake: (() => void) | undefined;

/** An edge that is carrying data now; gives back how to end it. */
export function carry(id: string, line: SVGPathElement, _path: string): () => void {
  const length = line.getTotalLength();
  const points = Array.from({ length: samples + 1 }, (_, index) => {
    const { x, y } = line.getPointAtLength((length * index) / samples);
    return { x, y };
  });
  carried.set(id, { points, length, since: performance.now() });
  wake?.();
  return () => carried.delete(id);
}

/** Draws the traffic of all edges on one layer, and only while there is any. Gives back how to stop. */
export function paintParticles(
  layer: HTMLCanvasElement,
  transform: () => readonly [number, number, number],
): () => void {
  const pen = layer.getContext("2d");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let frame = 0;

  function paint(now: number): void {
    frame = 0;
    if (!pen) return;
    const { clientWidth, clientHeight } = layer;
    const ratio = Math.min(2, devicePixelRatio);
    const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
    if (layer.width !== width || layer.height !== height) Object.assign(layer, { width, height });
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (carried.size === 0 || still.matches) return;
    const [x, y, zoom] = transform();
    pen.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
    const colour = getComputedStyle(layer).color;
    let drawn = 0;
    for (const one of carried.values()) {
      if (drawn === most) break;
      drawn += 1;
      paintOne(pen, one, now, colour, zoom);
    }
    frame = requestAnimationFrame(paint);
  }

  wake = () => {
    if (frame === 0) frame = requestAnimationFrame(paint);
  };
  wake();
  return () => {
    wake = undefined;
    cancelAnimationFrame(frame);
  };
}

/** A dot with a short tail. */
function paintOne(
  pen: CanvasRenderingContext2D,
  { points, length, since }: Carried,
  now: number,
  colour: string,
  zoom: number,
) {
  const period = Math.max(700, Math.min(2200, length * 4));
  const head = ((now - since) % period) / period;
  pen.fillStyle = colour;
  for (let step = 0; step < 6; step += 1) {
    const at = head - (step * 7) / Math.max(length, 1);
    if (at < 0) break;
    const exact = at * (points.length - 1);
    const from = points[Math.floor(exact)];
    const to = points[Math.ceil(exact)];
    if (!from || !to) break;
    const part = exact - Math.floor(exact);
    pen.globalAlpha = (1 - step / 6) * (step === 0 ? 1 : 0.5);
    pen.beginPath();
    const radius = (step === 0 ? 4 : 3 - step * 0.3) / Math.max(0.6, Math.min(1, zoom));
    pen.arc(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part, radius, 0, Math.PI * 2);
    pen.fill();
  }
  pen.globalAlpha = 1;
}
