import { runView } from "./hooks.ts";
import { countedParts } from "./passes.ts";

/** Looks at the passes and items that a scope lies in: the canvas then shows what happened there. */
export function lookAt(scope: string): void {
  const run = runView.shown();
  // from the outside in: an outer choice takes back what was chosen inside
  for (const { key, lane } of run ? countedParts(run, scope) : []) runView.choose(key, lane);
}
