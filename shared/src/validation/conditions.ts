import { decide, type Impossible, type ScopeVariable } from "../expressions/index.ts";
import type { Fix, FixStep } from "../fixes/index.ts";
import type { GraphNode } from "../graph/index.ts";
import { type ExpressionSite, factsOf } from "../nodes/index.ts";
import { type Draft, fixOf, nameOf } from "./draft.ts";
import { replacement } from "./mend.ts";

/** Looks at what conditions come to, in the order in which they are looked at in a run. */
export interface Conditions {
  check: (node: GraphNode, site: ExpressionSite, known: readonly ScopeVariable[]) => void;
}

/** Cases that a branch has before the one that is looked at. */
interface Earlier {
  node: GraphNode;
  /** The name of the one that is always true. */
  always?: string;
  /** Names by condition. */
  said: Map<string, string>;
}

/** For the conditions of one graph. */
export function createConditions(draft: Draft): Conditions {
  let earlier: Earlier | undefined;
  let exits: ReadonlySet<string> | undefined;
  return {
    check: (node, site, known) => {
      const { path, inside } = site;
      const [list, index] = path;
      if (inside) {
        const barred = decide(site.source, known);
        exits ??= framesWithExits(draft);
        if (barred !== undefined && barred !== "always") tellOfEndless(draft, node, site, barred, exits.has(node.id));
      } else if (list === "cases" && typeof index === "number") {
        if (earlier?.node !== node) earlier = { node, said: new Map() };
        checkCase(draft, site, known, index, earlier);
      }
    },
  };
}

function checkCase(
  { aboutNode }: Draft,
  site: ExpressionSite,
  known: readonly ScopeVariable[],
  index: number,
  earlier: Earlier,
): void {
  const { node } = earlier;
  const data = "cases" in node.data ? node.data : {};
  // a model is shown descriptions, not conditions
  if (data.decide === "model") return;
  const { id = "", label = id } = data.cases?.[index] ?? {};
  const field = `data.${site.path.join(".")}`;
  const verdict = decide(site.source, known);
  if (verdict !== undefined && verdict !== "always") {
    const { detail, start, end } = verdict;
    const what = `${nameOf(node)}: Case "${label}" can never be true. ${detail}`;
    const fix = mended(node, site, verdict);
    aboutNode(node, "case_never_true", what, { severity: "warning", field, range: { start, end }, fix });
    return;
  }
  if (data.mode === "all") return;
  const text = site.source.trim();
  const same = earlier.said.get(text);
  const why =
    earlier.always !== undefined
      ? `"${earlier.always}" before it is always true`
      : same !== undefined
        ? `"${same}" before it asks the same`
        : undefined;
  if (why !== undefined) {
    const what = `${nameOf(node)}: Case "${label}" is never taken, as ${why}. Move it up, or remove it.`;
    aboutNode(node, "case_never_reached", what, { severity: "warning", field });
  }
  if (verdict === "always") earlier.always ??= label;
  if (same === undefined) earlier.said.set(text, label);
}

function mended(node: GraphNode, site: ExpressionSite, { start, end, instead }: Impossible): Fix | undefined {
  if (instead === undefined) return undefined;
  return fixOf(`Change to ${instead}`, replacement(node.id, site, start, end, instead));
}

const mostSteps = 100;

/** A loop whose condition never comes true ends when it is exhausted: fine where that leads on, and a failure where not. */
function tellOfEndless(
  { plan, graph, edges, aboutNode }: Draft,
  node: GraphNode,
  site: ExpressionSite,
  barred: Impossible,
  isLeft: boolean,
): void {
  const { outgoing = [] } = plan.nodes.get(node.id) ?? {};
  const isWired = (handle: string) => outgoing.some(({ sourceHandle }) => sourceHandle === handle);
  if (isWired("exhausted")) return;
  const { start, end, detail, instead } = barred;
  const what = `${nameOf(node)} never ends well: its "until" can never be true. ${detail} To repeat a number of times, lead on from "exhausted".`;
  const steps = outgoing
    .filter(({ sourceHandle }) => sourceHandle === "out")
    .map(({ id: edge }): FixStep => ({ do: "set_handle", edge, end: "sourceHandle", handle: "exhausted" }));
  const [step, ...more] = edges.size === graph.edges.length && steps.length <= mostSteps ? steps : [];
  const rewired = step ? fixOf('Lead on from "exhausted"', step, ...more) : undefined;
  const fix = instead === undefined ? rewired : mended(node, site, barred);
  const severity = isLeft || isWired("error") ? "warning" : "error";
  const field = `data.${site.path.join(".")}`;
  aboutNode(node, "loop_without_exit", what, { severity, field, range: { start, end }, fix });
}

/** Frames in which something ends the whole run. */
function framesWithExits({ graph, nodes }: Draft): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { type, parentId } of graph.nodes) {
    if (factsOf(type).role !== "exit") continue;
    for (let frame = parentId; frame !== undefined && !found.has(frame); frame = nodes.get(frame)?.parentId) {
      found.add(frame);
    }
  }
  return found;
}
