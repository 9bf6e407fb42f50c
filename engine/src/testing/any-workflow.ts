import type { Graph } from "@signalbox/shared/graph";
import type fc from "fast-check";
import { anyBody, type Body, type Part, type Ring, waysOut } from "./any-part.ts";
import { smallGraph } from "./graphs.ts";

type Node = { id: string; type: string; data: object; parentId?: string };

interface Sheet {
  nodes: Node[];
  edges: { from: string; to: string; maxIterations?: number }[];
}

/** A part as it lies on the sheet: where it is entered, and the ways out of it as `node:handle`. */
interface Laid {
  entry: string;
  ways: readonly string[];
}

/** Lays a body out as nodes and edges. */
function layBody({ parts, links }: Body, parentId: string | undefined, sheet: Sheet): Laid[] {
  const laid = parts.map((part) => layPart(part, parentId, sheet));
  let link = 0;
  for (const [later, { entry: to }] of laid.entries()) {
    for (const { ways } of laid.slice(0, later)) {
      const chosen = links[link++ % links.length];
      const from = chosen == null ? undefined : ways[chosen % ways.length];
      if (from !== undefined) sheet.edges.push({ from, to });
    }
  }
  return laid;
}

function layPart(part: Part, parentId: string | undefined, sheet: Sheet): Laid {
  if (part.ring && part.body) return layRing(part.ring, part.body, parentId, sheet);
  const { type, data, join, body } = part;
  const id = `${type === "loop" || type === "set" ? "my" : ""}${type}${sheet.nodes.length}`;
  const joined = type === "parallel" || type === "loop" ? {} : { join };
  const inside = type === "end" && parentId !== undefined ? { terminate: true } : {};
  const held = parentId === undefined ? {} : { parentId };
  sheet.nodes.push({ id, type, data: { ...data, ...joined, ...inside }, ...held });
  if (body) layBody(body, id, sheet);
  return { entry: id, ways: waysOut[type].map((handle) => `${id}:${handle}`) };
}

/** Header, body and judge in a row, and edges back from the judge and from wherever chance says. */
function layRing({ header, judge, maxIterations, back }: Ring, body: Body, parentId: string | undefined, sheet: Sheet) {
  const first = layPart({ ...header, join: header.join === "count" ? "all" : header.join }, parentId, sheet);
  const [onward = first.entry] = first.ways;
  const held = layBody(body, parentId, sheet);
  const last = layPart(judge, parentId, sheet);
  const entered = enteredIn(sheet);
  for (const { entry, ways } of held) {
    if (!entered.has(entry)) sheet.edges.push({ from: onward, to: entry });
    const [way] = ways;
    if (way !== undefined) sheet.edges.push({ from: way, to: last.entry });
  }
  sheet.edges.push({ from: onward, to: last.entry });
  const inner = held.flatMap(({ ways }) => ways).filter((way) => /:(one|two|rejected|expired|error)$/.test(way));
  const more = back.flatMap((chosen) => inner[chosen % inner.length] ?? []);
  for (const from of new Set([...more, ...last.ways.slice(0, 1)])) {
    sheet.edges.push({ from, to: first.entry, maxIterations });
  }
  return { entry: first.entry, ways: [...last.ways.slice(1), ...inner, ...last.ways.slice(1)] };
}

/** What an edge leads to that is none back to the header of a ring. */
function enteredIn({ edges }: Sheet): Set<string> {
  return new Set(edges.flatMap(({ to, maxIterations }) => (maxIterations === undefined ? to : [])));
}

/** Where nothing leads in: the start leads there, and in a frame a step before the header of a ring, which else is no entry. */
function layEntries(sheet: Sheet): void {
  const entered = enteredIn(sheet);
  const headers = new Set(sheet.edges.flatMap(({ to, maxIterations }) => (maxIterations === undefined ? [] : to)));
  for (const { id, parentId } of [...sheet.nodes]) {
    if (entered.has(id) || id === "start") continue;
    if (parentId === undefined) sheet.edges.push({ from: "start", to: id });
    else if (headers.has(id)) {
      const before = `before${sheet.nodes.length}`;
      sheet.nodes.push({ id: before, type: "set", data: { values: { n: 1 } }, parentId });
      sheet.edges.push({ from: before, to: id });
    }
  }
}

/** A join of a number of edges waits for half of those there are. */
function countJoins({ nodes, edges }: Sheet): Node[] {
  const into = Map.groupBy(edges, ({ to }) => to);
  return nodes.map((node) => {
    if (!("join" in node.data) || node.data.join !== "count") return node;
    const count = Math.ceil((into.get(node.id)?.length ?? 0) / 2);
    const { join: _join, ...data } = node.data;
    return { ...node, data: count === 0 ? data : { ...data, join: { count } } };
  });
}

/**
 * Any graph without findings, of every runnable kind: choices by expressions and models, joins of all sorts, frames and
 * loops in one another, rings of edges, agents that retry and time out, approvals, waits, subflows, ends that end all.
 */
export const anyWorkflow: fc.Arbitrary<Graph> = anyBody(2).map((body) => {
  const sheet: Sheet = { nodes: [{ id: "start", type: "start", data: {} }], edges: [] };
  layBody(body, undefined, sheet);
  layEntries(sheet);
  const graph = smallGraph({ nodes: countJoins(sheet), edges: sheet.edges.map(({ from, to }) => `${from} -> ${to}`) });
  for (const [index, { maxIterations }] of sheet.edges.entries()) {
    const edge = graph.edges[index];
    if (edge && maxIterations !== undefined) edge.data = { maxIterations };
  }
  return graph;
});
