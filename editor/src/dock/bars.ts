import {
  type Activation,
  type ActivationStatus,
  type FrameRun,
  type Run,
  scopeOfActivation,
} from "@signalbox/shared/run";
import { titleOf } from "../nodes/cards.ts";
import { partsOf } from "../run/passes.ts";

/** One line of the waterfall: an activation, or one lane, item or pass of a frame with what it holds. Times in milliseconds since the run's start. */
export interface Bar {
  key: string;
  /** The node that is meant by it. */
  node: string;
  /** The pass, item or lane that it lies in, or is. */
  scope: string;
  name: string;
  /** How many lines it lies in. */
  depth: number;
  status: ActivationStatus;
  from: number;
  to: number;
  tokens: number;
  /** Whether what it holds is shown; undefined where it holds no lanes. */
  open: boolean | undefined;
}

/** Lines whose lanes one has shown or put away, other than they would be by themselves. */
export type Turned = ReadonlySet<string>;

/** More lanes than this are put away at first. */
const mostOpen = 40;

interface Row extends Bar {
  parent: Row | undefined;
  rows: Row[];
}

/** Where a line goes: under another, and whether that one is put away. */
interface Place {
  parent: Row | undefined;
  hidden: boolean;
}

/**
 * The waterfall of a run: what began in a frame stands under its lane, item or pass, and that under the frame; a loop that
 * edges make has a line of its own. In the order in which things began. Skipped activations have no bar.
 */
export function barsOf(run: Run, now: number, turned: Turned = new Set()): { bars: Bar[]; total: number } {
  const start = run.startedAt === null ? now : Date.parse(run.startedAt);
  const end = run.endedAt === null ? now : Date.parse(run.endedAt);
  const rows = createRows(run, turned);
  for (const activation of run.activations.values()) {
    const { startedAt, endedAt } = activation;
    if (startedAt === undefined) continue;
    const from = Date.parse(startedAt) - start;
    const to = (endedAt === undefined ? end : Date.parse(endedAt)) - start;
    rows.add(activation, from, to);
  }
  return { bars: rows.flat(), total: Math.max(1, end - start) };
}

function createRows(run: Run, turned: Turned) {
  const top: Row[] = [];
  const byKey = new Map<string, Row>();
  const titles = (id: string) => {
    const drawn = run.plan.nodes.get(id)?.node;
    return drawn ? titleOf(drawn) : id;
  };

  function put(row: Omit<Row, "parent" | "rows" | "depth">, { parent, hidden }: Place): Row {
    const made = { ...row, parent, rows: [], depth: parent ? parent.depth + 1 : 0 };
    byKey.set(row.key, made);
    if (!hidden) (parent ? parent.rows : top).push(made);
    return made;
  }

  /** The line that something in a scope stands under: made when the first of it comes. */
  function placeIn(scope: string): Place {
    const part = partsOf(run.plan, scope).at(-1);
    if (!part) return { parent: undefined, hidden: false };
    const frame = run.frames.get(part.frame);
    // a call of an agent stands under the agent
    if (!frame) return placeUnder(part.frame);
    const holder = frame.kind === "cycle" ? loopRow(frame) : byKey.get(part.frame);
    const hidden = holder === undefined || holder.open === false || isHidden(holder);
    const lane = byKey.get(`lane ${scope}`) ?? put(laneRow(frame, part.lane, scope), { parent: holder, hidden });
    return { parent: lane, hidden };
  }

  function placeUnder(activation: string): Place {
    const parent = byKey.get(activation);
    return parent ? { parent, hidden: isHidden(parent) } : placeIn(scopeOfActivation(activation));
  }

  function loopRow(frame: FrameRun): Row {
    const key = `loop ${frame.activation}`;
    const scope = scopeOfActivation(frame.activation);
    const words = { name: `Loop at ${titles(frame.node)}`, node: frame.node, scope };
    return (
      byKey.get(key) ??
      put({ ...unsaid, ...words, key, status: loopStatus(frame), open: isOpen(key, frame) }, placeIn(scope))
    );
  }

  function laneRow(frame: FrameRun, lane: string, scope: string) {
    const name =
      frame.kind === "lanes" ? titles(lane) : frame.kind === "items" ? `Item ${Number(lane) + 1}` : `Pass ${lane}`;
    return {
      ...unsaid,
      key: `lane ${scope}`,
      node: frame.node,
      scope,
      name,
      status: laneStatus(frame, lane),
      open: undefined,
    };
  }

  function isOpen(key: string, { kind, lanes, started }: FrameRun): boolean {
    const many = (kind === "lanes" || kind === "items" ? lanes.length : started) > mostOpen;
    return many === turned.has(key);
  }

  return {
    add: (activation: Activation, from: number, to: number) => {
      const { id, node, scope, by, status, usage } = activation;
      const place = by === undefined ? placeIn(scope) : placeUnder(by);
      const [, count] = by === undefined ? [] : (/#(\d+)$/.exec(scope) ?? []);
      const name = count === undefined ? titles(node) : `${titles(node)} #${count}`;
      const frame = run.frames.get(id);
      const open = frame && frame.node === node && frame.kind !== "cycle" ? isOpen(id, frame) : undefined;
      const tokens = usage.inputTokens + usage.outputTokens;
      put({ key: id, node, scope, name, status, from, to, tokens, open }, place);
      // a lane is as long as what it holds
      for (let row = place.parent; row; row = row.parent) {
        if (!row.key.includes(" ")) continue;
        row.from = Math.min(row.from, from);
        row.to = Math.max(row.to, to);
      }
    },
    flat: (): Bar[] => {
      const bars: Bar[] = [];
      // by hand, not by recursion: frames nest as deep as people draw them
      const queue = top.toReversed();
      for (let row = queue.pop(); row; row = queue.pop()) {
        const { rows, parent: _parent, ...bar } = row;
        bars.push(bar);
        queue.push(...rows.toReversed());
      }
      return bars;
    },
  };
}

/** A line whose times follow from what it holds. */
const unsaid = { from: Number.POSITIVE_INFINITY, to: 0, tokens: 0 };

function isHidden(row: Row): boolean {
  for (let around = row.parent; around; around = around.parent) if (around.open === false) return true;
  return false;
}

function loopStatus({ counts }: FrameRun): ActivationStatus {
  if (counts.running > 0) return "running";
  return counts.failed > 0 ? "failed" : counts.cancelled > 0 ? "cancelled" : "succeeded";
}

function laneStatus(frame: FrameRun, lane: string): ActivationStatus {
  const { kind, lanes, outcomes, errors, started, counts } = frame;
  if (kind === "items") return outcomes[Number(lane)] ?? "queued";
  if (kind === "lanes") return outcomes[lanes.indexOf(lane)] ?? "queued";
  if (errors.has(Number(lane))) return "failed";
  return Number(lane) === started && counts.running > 0 ? "running" : "succeeded";
}
