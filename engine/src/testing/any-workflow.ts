import type { Graph } from "@signalbox/shared/graph";
import fc from "fast-check";
import { smallGraph } from "./graphs.ts";

type Node = { id: string; type: string; data: object; parentId?: string };

/** A body as it is drawn by chance, before it has ids: what there is, and how each leads to later ones. */
interface Body {
  parts: readonly Part[];
  /** For each pair of an earlier and a later part, by chance: which of the earlier one's ways out leads to the later. */
  links: readonly (number | null)[];
}

type Part = {
  data: Record<string, unknown>;
  type: "set" | "branch" | "agent" | "approval" | "end" | "parallel";
  /** What a frame holds. */
  body?: Body;
  join: "all" | "any" | "count";
};

const anyJoin = fc.oneof(
  { arbitrary: fc.constant("all" as const), weight: 3 },
  { arbitrary: fc.constantFrom("any" as const, "count" as const), weight: 1 },
);
const truth = fc.constantFrom("true", "false", "input.yes", "!input.yes");

const simplePart: fc.Arbitrary<Part> = fc.oneof(
  fc.record({
    type: fc.constant("set" as const),
    join: anyJoin,
    data: fc.constant({ values: { from: "{{ run.id }}" } }),
  }),
  fc.record({
    type: fc.constant("branch" as const),
    join: anyJoin,
    data: fc.record({
      mode: fc.constantFrom("first", "all"),
      cases: fc.tuple(truth, truth).map(([one, two]) => [
        { id: "one", when: one },
        { id: "two", when: two },
      ]),
    }),
  }),
  fc.record({
    type: fc.constant("agent" as const),
    join: anyJoin,
    data: fc.record(
      {
        model: fc.constant("played"),
        prompt: fc.constant("?"),
        retry: fc.record({ attempts: fc.integer({ min: 1, max: 3 }), backoff: fc.constantFrom("1s", "1m") }),
        timeout: fc.constantFrom("30s", "1h"),
      },
      { requiredKeys: ["model", "prompt"] },
    ),
  }),
  fc.record({
    type: fc.constant("approval" as const),
    join: anyJoin,
    data: fc.record({ title: fc.constant("?"), dueIn: fc.constantFrom("5s", "2h") }, { requiredKeys: ["title"] }),
  }),
);

const anyEnd: fc.Arbitrary<Part> = fc.record({
  type: fc.constant("end" as const),
  join: anyJoin,
  data: fc.record({ output: fc.constantFrom("one", "two"), terminate: fc.constantFrom(false, false, true) }),
});

function anyFrame(body: fc.Arbitrary<Body>): fc.Arbitrary<Part> {
  return fc.record({
    type: fc.constant("parallel" as const),
    join: fc.constant("all" as const),
    body,
    data: fc.record(
      {
        mode: fc.constantFrom("lanes", "forEach"),
        items: fc.integer({ min: 0, max: 3 }).map((size) => JSON.stringify(Array.from({ length: size }, (_, n) => n))),
        concurrency: fc.integer({ min: 1, max: 3 }),
        join: fc.constantFrom("all", "any", "settled", { count: 1 }, { count: 2 }),
      },
      { requiredKeys: ["mode", "items"] },
    ),
  });
}

function anyBody(depth: number): fc.Arbitrary<Body> {
  const part =
    depth === 0
      ? simplePart
      : fc.oneof(
          { arbitrary: simplePart, weight: 4 },
          { arbitrary: anyEnd, weight: 1 },
          { arbitrary: anyFrame(anyBody(depth - 1)), weight: 2 },
        );
  return fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: depth === 0 ? 2 : 5 }),
    links: fc.array(fc.option(fc.nat(5), { freq: 2 }), { minLength: 10, maxLength: 10 }),
  });
}

const waysOut: Record<Part["type"], readonly string[]> = {
  set: ["out"],
  branch: ["one", "two", "else"],
  agent: ["out", "out", "error"],
  approval: ["approved", "rejected", "expired"],
  end: [],
  parallel: ["out", "out", "error"],
};

/** Lays a body out as nodes and edges; gives back the ids of its entries. */
function draw({ parts, links }: Body, parentId: string | undefined, nodes: Node[], edges: string[]): string[] {
  const ids = parts.map(({ type }, index) => `${type}${nodes.length + index}`.replace("set", "shape"));
  const incoming = new Map<string, number>();
  let link = 0;
  for (const [later, target] of ids.entries()) {
    for (const [earlier, source] of ids.slice(0, later).entries()) {
      const ways = waysOut[parts[earlier]?.type ?? "end"];
      const chosen = links[link++ % links.length];
      const way = chosen == null ? undefined : ways[chosen % ways.length];
      if (way === undefined) continue;
      edges.push(`${source}:${way} -> ${target}`);
      incoming.set(target, (incoming.get(target) ?? 0) + 1);
    }
  }
  for (const [index, { type, data, join }] of parts.entries()) {
    const id = ids[index] ?? "";
    const edgesIn = incoming.get(id) ?? 0;
    const joined =
      type === "parallel" || edgesIn === 0 ? {} : { join: join === "count" ? { count: Math.ceil(edgesIn / 2) } : join };
    const inside = type === "end" && parentId !== undefined ? { terminate: true } : {};
    nodes.push({ id, type, data: { ...data, ...joined, ...inside }, ...(parentId === undefined ? {} : { parentId }) });
  }
  for (const [index, { body }] of parts.entries()) if (body) draw(body, ids[index], nodes, edges);
  return ids.filter((id) => !incoming.has(id));
}

/**
 * Any graph without findings, of every runnable kind: choices, joins of all sorts, frames in frames, agents that retry and
 * time out, approvals that fall due, ends that end all.
 */
export const anyWorkflow: fc.Arbitrary<Graph> = anyBody(2).map((body) => {
  const nodes: Node[] = [{ id: "start", type: "start", data: {} }];
  const edges: string[] = [];
  const entries = draw(body, undefined, nodes, edges);
  return smallGraph({ nodes, edges: [...entries.map((id) => `start -> ${id}`), ...edges] });
});
