import type { Json } from "@signalbox/shared/json";
import type { Activation } from "@signalbox/shared/run";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { type NodeRunView, useNodeRun } from "../../run/hooks.ts";
import { IconButton } from "../../ui/button.tsx";
import { Select } from "../../ui/field.tsx";
import { ValueView } from "../../values/value-view.tsx";
import { activationName, activationWords } from "./activations.ts";
import { ChildRunLink } from "./child-run-link.tsx";
import { FailureView } from "./failure-view.tsx";
import { Trace } from "./trace.tsx";
import "./run-pane.css";

/** Which side of a node's run is looked at. */
export type RunTab = "input" | "output" | "trace";

/** More choices than this nobody looks through; the arrows reach all of them. */
const longestList = 300;

/** What a node did in the run on the canvas: one of its activations at a time, the one that matters most at first. */
export function RunPane({ nodeId, tab }: { nodeId: string; tab: RunTab }) {
  const view = useNodeRun(nodeId);
  const [chosen, setChosen] = useState<string>();
  const activation = view.activations.find(({ id }) => id === chosen) ?? view.latest;
  if (!activation) {
    return (
      <p className="run-none">{view.status === "idle" ? "This node has not run yet." : "Waiting for its turn."}</p>
    );
  }
  return (
    <div className="run-pane">
      {view.activations.length > 1 ? (
        <ActivationPicker view={view} activation={activation} onChoose={setChosen} />
      ) : null}
      {activation.child ? <ChildRunLink child={activation.child} /> : null}
      {tab === "input" ? (
        <Value value={activation.input} none="It was given no input of its own." />
      ) : tab === "output" ? (
        <Output activation={activation} />
      ) : (
        <Trace
          activation={activation}
          streaming={activation === view.latest && view.status === "streaming" ? view.text : undefined}
        />
      )}
    </div>
  );
}

interface ActivationPickerProps {
  view: NodeRunView;
  activation: Activation;
  onChoose: (id: string) => void;
}

function ActivationPicker({ view: { activations }, activation, onChoose }: ActivationPickerProps) {
  const index = activations.indexOf(activation);
  const from = Math.max(0, Math.min(index - longestList / 2, activations.length - longestList));
  const near = activations.slice(from, from + longestList);
  const go = (to: number) => {
    const next = activations[to];
    if (next) onChoose(next.id);
  };
  return (
    <div className="activation-picker">
      <Select
        aria-label="Which time it ran"
        value={activation.id}
        options={near.map((one) => ({
          value: one.id,
          label: `${activationName(one)} · ${activationWords[one.status]}`,
        }))}
        onValue={onChoose}
      />
      <span className="faint">
        {index + 1} of {activations.length}
      </span>
      <IconButton label="The one before" size="small" disabled={index <= 0} onClick={() => go(index - 1)}>
        <ChevronLeft size={14} />
      </IconButton>
      <IconButton
        label="The next one"
        size="small"
        disabled={index >= activations.length - 1}
        onClick={() => go(index + 1)}
      >
        <ChevronRight size={14} />
      </IconButton>
    </div>
  );
}

function Value({ value, none }: { value: Json | undefined; none: string }) {
  return value === undefined ? <p className="run-none">{none}</p> : <ValueView value={value} />;
}

function Output({ activation: { output, error, handles, status } }: { activation: Activation }) {
  const isOver = status !== "running" && status !== "waiting" && status !== "queued" && status !== "retrying";
  return (
    <>
      {error ? <FailureView failure={error} /> : null}
      {output === undefined && error ? null : (
        <Value value={output} none={isOver ? "It gave no output." : "It has not ended yet."} />
      )}
      {handles.length > 0 ? (
        <p className="handles">
          Went on by{" "}
          {handles.map((handle) => (
            <code key={handle}>{handle}</code>
          ))}
        </p>
      ) : null}
    </>
  );
}
