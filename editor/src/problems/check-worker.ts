import { validateGraph } from "@signalbox/shared/validation";
import type { Checked, ToCheck } from "./checker.ts";

// the other side of the checker: large drawings take long, and nobody's typing waits for them
addEventListener("message", ({ data }: MessageEvent<ToCheck>) => {
  const checked: Checked = { serial: data.serial, findings: validateGraph(data.graph, data.catalog) };
  postMessage(checked);
});
