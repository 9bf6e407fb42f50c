import { factsOf } from "@signalbox/shared/nodes";
import { lookFromStart, zoomTo } from "../canvas/camera.ts";
import { withRoom } from "../document/arrange.ts";
import { withHeld } from "../document/commands.ts";
import { boundsOf, type Point, placesOf } from "../document/geometry.ts";
import { useDocument } from "../document/store.ts";
import { grid } from "../nodes/size.ts";
import { toast } from "../ui/toast.tsx";
import { type Arranged, fromElk, toElk } from "./elk-graph.ts";

/** Lays out the whole drawing, or what is selected when that is more than one node: one step of undo. */
export async function tidy(): Promise<void> {
  const { graph, selection, readOnly } = useDocument.getState();
  if (readOnly || graph.nodes.length === 0) return;
  const some = selection.length > 1;
  const only = withHeld(graph, some ? selection : graph.nodes.map(({ id }) => id));
  try {
    const { elk } = await import("./worker.ts");
    const laid = await elk.layout(toElk(graph, only));
    // what was drawn meanwhile is worth more than a layout of what was there before
    if (useDocument.getState().graph !== graph) return;
    apply(fromElk(graph, only, laid), only, some);
  } catch (error) {
    toast("This drawing could not be laid out.", {
      tone: "error",
      details: [error instanceof Error ? error.message : String(error)],
    });
    return;
  }
  if (some) zoomTo(selection);
  else lookFromStart();
}

function apply(arranged: readonly Arranged[], only: ReadonlySet<string>, some: boolean): void {
  const { change } = useDocument.getState();
  glide();
  change(some ? "Tidy selection" : "Tidy", (graph) => {
    const to = new Map(arranged.map((one) => [one.id, one]));
    const shift = anchor(graph, to, only);
    const frames = new Set<string | undefined>();
    const nodes = graph.nodes.map((node) => {
      const place = to.get(node.id);
      if (!place) return node;
      frames.add(node.parentId);
      const inner = node.parentId !== undefined && only.has(node.parentId);
      const by = inner ? { x: 0, y: 0 } : (shift.get(node.parentId) ?? { x: 0, y: 0 });
      const position = { x: place.position.x + by.x, y: place.position.y + by.y };
      const { width = node.width, height = node.height } = place;
      const same = position.x === node.position.x && position.y === node.position.y;
      if (same && width === node.width && height === node.height) return node;
      return {
        ...node,
        position,
        ...(width === undefined ? {} : { width }),
        ...(height === undefined ? {} : { height }),
      };
    });
    return clearNotes(withRoom({ ...graph, nodes }, [...frames]));
  });
}

/** What is laid out stays where it was as a whole: its upper left corner does not move. By the frame it lies in. */
function anchor(
  graph: ReturnType<typeof useDocument.getState>["graph"],
  to: ReadonlyMap<string, Arranged>,
  only: ReadonlySet<string>,
): Map<string | undefined, Point> {
  const tops = graph.nodes.filter(({ id, parentId }) => to.has(id) && (parentId === undefined || !only.has(parentId)));
  const groups = Map.groupBy(tops, ({ parentId }) => parentId);
  const least = (points: readonly Point[], axis: "x" | "y") => Math.min(...points.map((point) => point[axis]));
  return new Map(
    [...groups].map(([parent, nodes]) => {
      const before = nodes.map(({ position }) => position);
      const after = nodes.flatMap(({ id }) => to.get(id)?.position ?? []);
      const by = (axis: "x" | "y") => Math.round((least(before, axis) - least(after, axis)) / grid) * grid;
      return [parent, { x: by("x"), y: by("y") }];
    }),
  );
}

/** Notes are not part of the flow and stay where they are, unless steps have come to lie on them: then all go below. */
function clearNotes(graph: ReturnType<typeof useDocument.getState>["graph"]) {
  const placed = [...placesOf(graph).values()].filter(({ frame }) => frame === undefined);
  const steps = placed.filter(({ node }) => factsOf(node.type).role !== "remark").map(({ rect }) => rect);
  const notes = placed.filter(({ node }) => factsOf(node.type).role === "remark");
  const covered = (rect: (typeof steps)[number]) =>
    steps.some(
      (s) =>
        s.x < rect.x + rect.width && rect.x < s.x + s.width && s.y < rect.y + rect.height && rect.y < s.y + s.height,
    );
  const lost = new Set(notes.filter(({ rect }) => covered(rect)).map(({ node }) => node.id));
  if (lost.size === 0) return graph;
  const all = boundsOf(placed.filter(({ node }) => !lost.has(node.id)).map(({ rect }) => rect));
  let x = all.x;
  const nodes = graph.nodes.map((node) => {
    if (!lost.has(node.id)) return node;
    const position = { x, y: Math.ceil((all.y + all.height + 48) / grid) * grid };
    x += (node.width ?? 240) + 32;
    return { ...node, position };
  });
  return { ...graph, nodes };
}

/** For a moment nodes glide to their new places instead of jumping. */
function glide(): void {
  const canvas = document.querySelector<HTMLElement>(".canvas");
  if (!canvas || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  canvas.dataset.gliding = "";
  setTimeout(() => delete canvas.dataset.gliding, 320);
}
