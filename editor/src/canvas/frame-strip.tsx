import type { LaneOutcome } from "@signalbox/shared/run";
import { useDocument } from "../document/store.ts";
import { structureOf } from "../document/structure.ts";
import { lookFor, titleOf } from "../nodes/cards.ts";
import { sizeOf } from "../nodes/size.ts";
import { stateLooks } from "../nodes/state.ts";
import { useFrameRun } from "../run/hooks.ts";
import { ItemStrip } from "./item-strip.tsx";
import { PassPicker } from "./pass-picker.tsx";
import "./frame-strip.css";

/** Under a frame's name: how its lanes stand, its items one by one, or which pass of it is looked at. */
export function FrameStrip({ id }: { id: string }) {
  const node = useDocument(({ graph }) => graph.nodes.find((one) => one.id === id));
  const frame = useFrameRun(id);
  if (!node) return null;
  const isLaned = lookFor(node.type).laned?.(node.data as never) ?? false;
  if (frame ? frame.kind === "lanes" : isLaned)
    return <Lanes id={id} outcomes={frame?.outcomes ?? []} lanes={frame?.lanes} />;
  if (!frame) return null;
  const name = titleOf(node);
  return (
    <div className="frame-strip">
      {frame.kind === "items" ? <ItemStrip id={id} name={name} frame={frame} width={sizeOf(node).width} /> : null}
      <PassPicker frameKey={id} name={name} frame={frame} />
    </div>
  );
}

interface LanesProps {
  id: string;
  lanes: readonly string[] | undefined;
  outcomes: readonly (LaneOutcome | undefined)[];
}

/** The lanes of a frame by the names of what they begin with, and how each stands. */
function Lanes({ id, lanes, outcomes }: LanesProps) {
  const graph = useDocument((state) => state.graph);
  const names = lanes ?? [...(structureOf(graph).lanes.get(id)?.keys() ?? [])];
  if (names.length < 2) return null;
  const titles = new Map(graph.nodes.map((node) => [node.id, titleOf(node)]));
  return (
    <ul className="frame-strip frame-lanes" aria-label="Lanes">
      {names.map((name, index) => {
        const outcome = outcomes[index];
        const look = outcome && stateLooks[outcome];
        const Icon = look?.icon;
        return (
          <li key={name} data-state={outcome} title={look ? `${name}: ${look.word}` : `Lane ${name}`}>
            {Icon ? <Icon size={11} strokeWidth={2.5} aria-hidden="true" /> : null}
            <span className="ellipsis">{titles.get(name) ?? name}</span>
            {look ? <span className="visually-hidden">{look.word}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
