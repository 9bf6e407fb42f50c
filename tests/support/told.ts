import { isBlobRef, type RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import type { Activation, EdgeRun, ModelCall, Run } from "@signalbox/shared/run";
import type { TestEngine } from "./engine.ts";
import type { Shown, ShownCall } from "./moments.ts";
import { inLine } from "./replay.ts";

/** A folded run as `GET /runs/:id/state` tells it. */
export interface ToldRun extends Pick<Run, "seq" | "status" | "input" | "output" | "error"> {
  activations: Activation[];
  edges: Record<string, EdgeRun>;
}

/** What a value stands as in the log: itself, or a reference to it. */
type Kept = (value: Json) => Json;

/** How the values of this log stand in it; the fold that the engine tells holds them whole. */
export async function keptIn(engine: Pick<TestEngine, "call">, log: readonly RunEvent[]): Promise<Kept> {
  const references = log.flatMap((event) => Object.values(event)).filter(isBlobRef);
  const known = await Promise.all(
    references.map(async (reference) => [JSON.stringify(await inLine(engine, reference)), reference] as const),
  );
  const byText = new Map(known);
  return (value) => (byText.size === 0 ? value : ((byText.get(JSON.stringify(value)) as Json | undefined) ?? value));
}

/** What the page has to show of a run on this graph, with this agent's trace open. */
export function shownOf(run: ToldRun, { nodes, edges }: Graph, agent: string, kept: Kept): Shown {
  const latest = new Map(run.activations.map((activation) => [activation.node, activation]));
  const stateOf = (node: string) => latest.get(node)?.status ?? "idle";
  const edgeState = ({ id, target, sourceHandle }: Graph["edges"][number]) => {
    const { taken, dead } = run.edges[id] ?? { taken: 0, dead: 0 };
    // what an agent may use is no way that the run goes: it was taken when the agent has called
    const went = sourceHandle === "uses" ? latest.has(target) : taken > 0;
    if (went) return stateOf(target) === "running" ? "active" : "taken";
    return dead > 0 ? "dead" : "idle";
  };
  const { error, output, input } = run;
  const outcome = error
    ? [`${error.code}${error.node === undefined ? "" : ` at ${error.node}`}`, error.message]
    : ["Output", isOpen(run) ? "Not there yet." : inWords(kept(output))];
  return {
    seq: run.seq,
    status: run.status,
    nodes: Object.fromEntries(nodes.map(({ id }) => [id, stateOf(id)])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edgeState(edge)])),
    outcome: [...outcome, "Input", inWords(kept(input))],
    calls: (latest.get(agent)?.models ?? []).map((call) => callOf(call, kept)),
  };
}

function callOf({ response }: ModelCall, kept: Kept): ShownCall {
  if (!response) return { answered: false, said: [], reasoning: "", asks: [] };
  const { text, refusal = "", reasoning = "", toolCalls } = response;
  return {
    answered: true,
    said: [...saidIn(kept(text)), ...saidIn(refusal)],
    reasoning: inWords(kept(reasoning)),
    asks: isBlobRef(toolCalls) ? ["tools"] : toolCalls.map(({ name }) => name),
  };
}

function isOpen({ status }: ToldRun): boolean {
  return status === "queued" || status === "running" || status === "waiting";
}

function inWords(value: Json): string {
  if (isBlobRef(value)) return `${value.preview}…`;
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** The words of a model's answer that are seen when it is laid out as Markdown or JSON, or how it begins. */
export function saidIn(answer: Json): string[] {
  const text = inWords(answer);
  if (/^\s*[{[]/.test(text)) return leavesOf(JSON.parse(text)).flatMap(wordsOf);
  // of Markdown one does not see where links lead and in which language code is
  return wordsOf(text.replaceAll(/\]\([^)]*\)/g, "]").replaceAll(/^\s*```\w+/gm, ""));
}

function leavesOf(value: Json): string[] {
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(leavesOf) : [String(value)];
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
