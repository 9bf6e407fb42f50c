import { useFrameRun } from "../run/hooks.ts";
import { loopKey } from "../run/passes.ts";
import { PassPicker } from "./pass-picker.tsx";
import "./frame-strip.css";

/** Over the node that a loop of edges begins with: which pass of it is looked at. */
export function LoopTab({ id, name }: { id: string; name: string }) {
  const key = loopKey(id);
  const frame = useFrameRun(key);
  if (!frame) return null;
  return (
    <div className="loop-tab">
      <PassPicker frameKey={key} name={`the loop at ${name}`} frame={frame} />
    </div>
  );
}
