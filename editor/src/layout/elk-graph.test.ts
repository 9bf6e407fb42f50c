import type { Graph } from "@signalbox/shared/graph";
import ELK from "elkjs/lib/elk.bundled.js";
import { expect, it } from "vitest";
import { withHeld } from "../document/commands.ts";
import { contains, overlaps, placesOf } from "../document/geometry.ts";
import { fromElk, toElk } from "./elk-graph.ts";

const node = (id: string, type: string, parentId?: string) => ({
  id,
  type,
  data: {},
  position: { x: 0, y: 0 },
  ...(parentId === undefined ? {} : { parentId }),
});
const edge = (source: string, target: string, sourceHandle = "out") => ({
  id: `${source}.${sourceHandle}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: "in",
});
const graph = {
  format: "signalbox.graph/1",
  name: "Test",
  nodes: [
    node("start", "start"),
    node("ask", "agent"),
    node("stock", "tool"),
    node("price", "tool"),
    node("fan", "parallel"),
    node("left", "agent", "fan"),
    node("right", "set", "fan"),
    node("onward", "set", "fan"),
    node("done", "end"),
  ],
  edges: [
    edge("start", "ask"),
    edge("ask", "stock", "uses"),
    edge("ask", "price", "uses"),
    edge("ask", "fan"),
    edge("right", "onward"),
    edge("fan", "done"),
  ],
} as Graph;

async function laidOut(): Promise<Graph> {
  const only = withHeld(
    graph,
    graph.nodes.map(({ id }) => id),
  );
  const arranged = new Map(
    fromElk(graph, only, await new ELK().layout(toElk(graph, only))).map((one) => [one.id, one]),
  );
  return { ...graph, nodes: graph.nodes.map((one) => ({ ...one, ...arranged.get(one.id) })) } as Graph;
}

it("lays every node out once, on the grid, from left to right", async () => {
  const tidy = await laidOut();
  const places = placesOf(tidy);
  const x = (id: string) => places.get(id)?.rect.x ?? Number.NaN;
  expect([x("start"), x("ask"), x("fan"), x("done")]).toEqual(
    [x("start"), x("ask"), x("fan"), x("done")].toSorted((a, b) => a - b),
  );
  expect(x("right")).toBeLessThan(x("onward"));
  for (const { position } of tidy.nodes) expect([position.x % 16, position.y % 16]).toEqual([0, 0]);
});

it("keeps what a frame holds inside it, and lays nothing on anything else", async () => {
  const places = placesOf(await laidOut());
  const fan = places.get("fan");
  for (const { node: one, rect, frame } of places.values()) {
    if (frame !== undefined && fan) {
      expect(contains(fan.rect, rect)).toBe(true);
      expect(contains(fan.rect, { x: rect.x + rect.width, y: rect.y + rect.height })).toBe(true);
    }
    for (const other of places.values()) {
      if (other.node !== one && other.frame === frame) expect(overlaps(rect, other.rect)).toBe(false);
    }
  }
});

it("hangs what an agent may call below it", async () => {
  const places = placesOf(await laidOut());
  const [ask, stock, price] = ["ask", "stock", "price"].map((id) => places.get(id)?.rect);
  expect(stock?.x).toBe(price?.x);
  expect(stock?.y).toBeGreaterThan((ask?.y ?? 0) + (ask?.height ?? 0));
  expect(price?.y).toBeGreaterThan((stock?.y ?? 0) + (stock?.height ?? 0));
});
