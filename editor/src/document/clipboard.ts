import type { Graph, GraphNode } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { toast } from "../ui/toast.tsx";
import { remove } from "./commands.ts";
import { type Fragment, fragmentOf, readFragment, withFragment, writeFragment } from "./fragment.ts";
import { boundsOf, centreOf, type Point, placesOf } from "./geometry.ts";
import { useDocument } from "./store.ts";

/** What was copied last, for browsers that do not let us read their clipboard. */
let copied = "";
/** How far beside the original a copy lies. */
const offset = 48;

/** Puts what is selected on the clipboard, as JSON that people can read. Answers whether there was anything. */
export async function copySelection(): Promise<boolean> {
  const { graph, selection } = useDocument.getState();
  if (selection.length === 0) return false;
  copied = writeFragment(fragmentOf(graph, selection));
  try {
    await navigator.clipboard.writeText(copied);
  } catch {
    // the browser refuses: it can still be pasted here
  }
  return true;
}

/** Copies what is selected and takes it away. */
export async function cutSelection(): Promise<void> {
  const { selection } = useDocument.getState();
  if (await copySelection()) remove(selection, [], "Cut");
}

/** Pastes what is on the clipboard, with its middle at a point. */
export async function pasteClipboard(middle: Point): Promise<void> {
  let text = copied;
  try {
    text = (await navigator.clipboard.readText()) || copied;
  } catch {
    // the browser does not let us read: what was copied here is what is meant
  }
  if (text.trim() === "") {
    toast("There is nothing to paste.");
    return;
  }
  await pasteText(text, middle);
}

/** Puts the nodes of a JSON text on the canvas. What is none says why, and nothing changes. */
async function pasteText(text: string, middle?: Point): Promise<void> {
  if (useDocument.getState().readOnly) return;
  const read = readFragment(text);
  if ("problems" in read) {
    const details = read.problems.map(({ path, detail }) => (path === "" ? detail : `${path}: ${detail}`));
    toast("This text cannot be pasted as nodes.", { tone: "error", details });
    return;
  }
  await put(read, middle ?? besideAll(), "Paste");
}

/** Puts a copy of what is selected beside it. */
export function duplicateSelection(): void {
  const { graph, selection, readOnly } = useDocument.getState();
  if (readOnly || selection.length === 0) return;
  const fragment = fragmentOf(graph, selection);
  const { x, y } = centreOf(boundsOf([...placesOf({ nodes: fragment.nodes }).values()].map(({ rect }) => rect)));
  const frames = new Set(graph.nodes.filter(({ id }) => selection.includes(id)).map(({ parentId }) => parentId));
  const [frame] = frames;
  void put(fragment, { x: x + offset, y: y + offset }, "Duplicate", frames.size === 1 ? frame : undefined);
}

/** Nodes that lie on the open canvas, in a frame instead, at the same place. */
function heldBy(frame: string, ids: readonly string[], graph: Graph): Graph {
  const rect = placesOf(graph).get(frame)?.rect;
  if (!rect) return graph;
  const nodes = graph.nodes.map((node): GraphNode => {
    if (!ids.includes(node.id)) return node;
    const { x, y } = node.position;
    return { ...node, parentId: frame, position: { x: x - rect.x, y: y - rect.y } };
  });
  return { ...graph, nodes };
}

function besideAll(): Point {
  const { x, y, width, height } = boundsOf(
    [...placesOf(useDocument.getState().graph).values()].map(({ rect }) => rect),
  );
  return { x: x + width / 2, y: y + height + 160 };
}

async function put({ nodes, edges }: Fragment, middle: Point, label: string, frame?: string): Promise<void> {
  // only the language knows a name from a word in quotes; it is heavy and loaded when it is needed
  const { referencesOf } = await import("@signalbox/shared/expressions");
  const { graph, change, select } = useDocument.getState();
  const entries = new Set(nodes.filter(({ type }) => factsOf(type).role === "entry").map(({ id }) => id));
  const has = graph.nodes.some(({ type }) => factsOf(type).role === "entry");
  // a graph begins once: pasted into another, its start stays behind
  const fragment = has
    ? { nodes: nodes.filter(({ id }) => !entries.has(id)), edges: edges.filter(({ source }) => !entries.has(source)) }
    : { nodes, edges };
  if (fragment.nodes.length === 0) {
    toast("A workflow has one start, and this one has it already.");
    return;
  }
  const made = withFragment(graph, fragment, middle, referencesOf);
  change(made.ids.length > 1 ? `${label} ${made.ids.length} nodes` : label, () =>
    frame === undefined ? made.graph : heldBy(frame, made.ids, made.graph),
  );
  select(made.ids);
}
