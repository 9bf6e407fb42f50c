import type { RunEvent } from "@signalbox/shared/events";
import type { Plan } from "@signalbox/shared/graph";
import { type Activation, activationId, type FrameRun, type Run, scopeOfActivation } from "@signalbox/shared/run";

/** A frame at work, or a loop that edges make, as far as the screen shows it. */
export interface FrameRunView extends Pick<FrameRun, "kind" | "lanes" | "outcomes" | "started" | "counts"> {
  activation: string;
  /** The lane, item or pass that is looked at; undefined while all of them are, or the newest of a loop. */
  chosen: string | undefined;
}

/**
 * By what a frame is known here. A loop that edges make has the name of its header, which may be a frame itself: the two
 * are told apart.
 */
export function loopKey(header: string): string {
  return `loop:${header}`;
}

/** One part of a scope: which lane, item or pass of which frame; or which call of which agent. */
interface ScopePart {
  key: string;
  lane: string;
  /** The frame's own activation. */
  frame: string;
}

const known = new WeakMap<Plan, Map<string, readonly ScopePart[]>>();

/** The parts of a scope, outermost first. Asked of every activation at every step of a run, so they are kept. */
export function partsOf(plan: Plan, scope: string): readonly ScopePart[] {
  const ofPlan = known.get(plan) ?? new Map<string, readonly ScopePart[]>();
  known.set(plan, ofPlan);
  const parts = ofPlan.get(scope) ?? readParts(plan, scope);
  ofPlan.set(scope, parts);
  return parts;
}

function readParts({ loops }: Plan, scope: string): ScopePart[] {
  const words = scope === "" ? [] : scope.split("/");
  const parts: ScopePart[] = [];
  const entered = new Set<string>();
  let outer = "";
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const [name = "", number] = word.split("#");
    // a lane has a name of its own after the frame's: `fan/left`
    if (number === undefined) at += 1;
    const lane = number ?? words[at] ?? "";
    const isLoop = loops.has(name) && !entered.has(name);
    entered.add(name);
    parts.push({ key: isLoop ? loopKey(name) : name, lane, frame: activationId(name, outer) });
    outer = words.slice(0, at + 1).join("/");
  }
  return parts;
}

/** Whose passes, items and lanes are looked at, and what that leaves to be seen of each node. */
export interface Passes {
  reset: (plan: Plan | undefined) => void;
  /** Takes note of a frame that has begun; answers which frame an event is about. */
  note: (head: Run, event: RunEvent) => string | undefined;
  /** Every frame that has ever begun. */
  keys: () => Iterable<string>;
  frame: (run: Run, key: string) => FrameRunView | undefined;
  /** Of a node's activations those in what is looked at. */
  seen: (ids: readonly string[]) => readonly string[];
  /** Of activations those in the newest pass of each loop. */
  newest: (run: Run, activations: readonly Activation[]) => readonly Activation[];
  /** Whether only a part of what the node has done is seen. */
  isNarrowed: (node: string) => boolean;
  /** Looks at one lane, item or pass, or (undefined) at all again. Answers whose frames and nodes look different now. */
  choose: (run: Run, key: string, lane: string | undefined) => { keys: Set<string>; nodes: Set<string> };
  /** The innermost frame around a node whose lanes are counted: what "the next pass" means there. */
  countedAround: (run: Run, node: string) => string | undefined;
}

export function createPasses(): Passes {
  const choices = new Map<string, string>();
  const begun = new Map<string, string[]>();
  let plan: Plan | undefined;
  let hasLoops = false;

  function parts(scope: string): readonly ScopePart[] {
    return plan ? partsOf(plan, scope) : [];
  }

  function isSeen(activation: string): boolean {
    return parts(scopeOfActivation(activation)).every(({ key, lane }) => (choices.get(key) ?? lane) === lane);
  }

  function keyOf(frame: FrameRun): string {
    return frame.kind === "cycle" ? loopKey(frame.node) : frame.node;
  }

  function shownFrame(run: Run, key: string): FrameRun | undefined {
    const id = begun.get(key)?.findLast((one) => run.frames.has(one) && isSeen(one));
    return id === undefined ? undefined : run.frames.get(id);
  }

  /** The frames and loops around a node, innermost first. */
  function around(node: string): string[] {
    const keys: string[] = [];
    const seen = new Set<string>();
    let at = plan?.nodes.get(node);
    while (at && !seen.has(at.id)) {
      seen.add(at.id);
      for (let loop = plan?.loops.get(at.loop ?? ""); loop; loop = plan?.loops.get(loop.parent ?? "")) {
        keys.push(loopKey(loop.header));
      }
      if (at.frame !== null) keys.push(at.frame);
      at = plan?.nodes.get(at.frame ?? "");
    }
    return keys;
  }

  return {
    reset: (next) => {
      plan = next;
      hasLoops = false;
      choices.clear();
      begun.clear();
    },
    note: (head, event) => {
      if (!event.type.startsWith("frame.") && !event.type.startsWith("loop.")) return undefined;
      const frame = "activation" in event ? head.frames.get(event.activation) : undefined;
      if (!frame) return undefined;
      const key = keyOf(frame);
      if (event.type !== "frame.started") return key;
      hasLoops ||= frame.kind === "loop" || frame.kind === "cycle";
      const list = begun.get(key) ?? [];
      begun.set(key, list);
      list.push(frame.activation);
      return key;
    },
    keys: () => begun.keys(),
    frame: (run, key) => {
      const frame = shownFrame(run, key);
      if (!frame) return undefined;
      const { activation, kind, lanes, outcomes, started, counts } = frame;
      // the fold changes counts in place: a view is a moment
      return { activation, kind, lanes, outcomes, started, counts: { ...counts }, chosen: choices.get(key) };
    },
    seen: (ids) => (choices.size === 0 ? ids : ids.filter(isSeen)),
    newest: (run, activations) => {
      if (!hasLoops || activations.length < 2) return activations;
      const most = new Map<string, number>();
      const passesOf = ({ scope }: Activation) =>
        parts(scope).filter(({ frame }) => {
          const kind = run.frames.get(frame)?.kind;
          return kind === "loop" || kind === "cycle";
        });
      for (const activation of activations) {
        for (const { frame, lane } of passesOf(activation))
          most.set(frame, Math.max(most.get(frame) ?? 0, Number(lane)));
      }
      return activations.filter((one) => passesOf(one).every(({ frame, lane }) => most.get(frame) === Number(lane)));
    },
    isNarrowed: (node) => choices.size > 0 && around(node).some((key) => choices.has(key)),
    choose: (run, key, lane) => {
      const frame = shownFrame(run, key);
      const nodes = new Set([...(plan?.nodes.keys() ?? [])].filter((id) => around(id).includes(key)));
      const keys = new Set([key, ...[...begun.keys()].filter((other) => nodes.has(other.replace(/^loop:/, "")))]);
      // what was looked at inside is another's now
      for (const inner of keys) choices.delete(inner);
      if (lane === undefined) return { keys, nodes };
      choices.set(key, lane);
      // a pass inside a pass that goes along with the run would slip away: what is around it stays too
      for (const outer of parts(frame ? scopeOfActivation(frame.activation) : "")) {
        if (!run.frames.has(outer.frame) || choices.has(outer.key)) continue;
        choices.set(outer.key, outer.lane);
        keys.add(outer.key);
        for (const id of plan?.nodes.keys() ?? []) if (around(id).includes(outer.key)) nodes.add(id);
      }
      return { keys, nodes };
    },
    countedAround: (run, node) =>
      [node, ...around(node)].find((key) => {
        const kind = shownFrame(run, key)?.kind;
        return kind !== undefined && kind !== "lanes";
      }),
  };
}

/** The passes and items that a scope lies in, outermost first: what is to be chosen for it to be seen. */
export function countedParts(run: Run, scope: string): readonly ScopePart[] {
  return partsOf(run.plan, scope).filter(({ frame }) => {
    const kind = run.frames.get(frame)?.kind;
    return kind !== undefined && kind !== "lanes";
  });
}

/** The lane, item or pass a number of steps on from what is looked at; undefined past the end: all of them again. */
export function laneFrom({ kind, lanes, started, chosen }: FrameRunView, by: number): string | undefined {
  const counts = kind === "items" ? { first: 0, last: lanes.length - 1 } : { first: 1, last: started };
  // from the newest pass one goes back; from all items to the first of them
  const from = chosen === undefined ? (kind === "items" ? (by > 0 ? -1 : lanes.length) : started) : Number(chosen);
  const to = from + by;
  if (to > counts.last) return kind === "items" && chosen !== undefined ? chosen : undefined;
  return String(Math.max(counts.first, to));
}
