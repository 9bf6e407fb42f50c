import { factsOf } from "@signalbox/shared/nodes";
import { Plus } from "lucide-react";
import { addStep } from "../document/steps.ts";
import { useDocument } from "../document/store.ts";
import { offered } from "../palette/offer.ts";
import { Button } from "../ui/button.tsx";
import { middleOfView } from "./camera.ts";
import { openPicker } from "./picker-store.ts";

/** On a canvas without steps: what to do first. */
export function EmptyCanvas() {
  const open = useDocument(({ workflowId }) => workflowId !== undefined);
  const steps = useDocument(({ graph }) => graph.nodes.filter(({ type }) => factsOf(type).role !== "remark").length);
  const first = useDocument(({ graph }) => graph.nodes.find(({ type }) => factsOf(type).role === "entry")?.id);
  if (!open || steps > 1 || (steps === 1 && first === undefined)) return null;
  const add = (element: Element) => {
    const middle = middleOfView();
    const entry = offered.find((type) => factsOf(type).role === "entry");
    const node =
      first ?? (entry && addStep(entry, { point: { x: Math.round(middle.x) - 240, y: Math.round(middle.y) - 120 } }));
    const box = element.getBoundingClientRect();
    if (node !== undefined)
      openPicker({ at: { x: box.left, y: box.bottom + 8 }, end: { node, handle: "out", side: "source" } });
  };
  return (
    <div className="empty-canvas">
      <h2>What should happen first?</h2>
      <p>A run begins at Start and follows the edges. Add an agent, a tool or a question to a person.</p>
      <Button tone="primary" icon={<Plus size={14} />} onClick={(event) => add(event.currentTarget)}>
        Add first step
      </Button>
      <p className="empty-keys">
        or drag one in from the left, or press <kbd>/</kbd>
      </p>
    </div>
  );
}
