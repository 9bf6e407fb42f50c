import type { Json } from "@signalbox/shared/json";
import { create } from "zustand";
import { ApiProblem, api, sentenceOf } from "../api/client.ts";
import { saveNow } from "../document/save.ts";
import { useDocument } from "../document/store.ts";
import { openRun } from "../run/follow.ts";
import { toast } from "../ui/toast.tsx";

interface RunFormState {
  open: boolean;
  busy: boolean;
  /** What the engine said of the input. */
  problem: string | undefined;
  /** Set by the page: brings the list of problems forward. */
  showProblems: () => void;
}

/** The small form that asks for a run's input. */
export const useRunForm = create<RunFormState>(() => ({
  open: false,
  busy: false,
  problem: undefined,
  showProblems: () => {},
}));

const keyOf = (workflowId: string) => `signalbox.input.${workflowId}`;

/** What this workflow was last given. */
export function lastInput(workflowId: string): Json | undefined {
  try {
    const kept = localStorage.getItem(keyOf(workflowId));
    return kept === null ? undefined : (JSON.parse(kept) as Json);
  } catch {
    return undefined;
  }
}

function remember(workflowId: string, input: Json): void {
  try {
    localStorage.setItem(keyOf(workflowId), JSON.stringify(input));
  } catch {
    // storage is closed or full: the next run is asked for its input again
  }
}

/** Stores the drawing, starts a run of it, and puts that run on the canvas. */
export async function startRun(input: Json): Promise<void> {
  useRunForm.setState({ busy: true, problem: undefined });
  try {
    const stored = await saveNow();
    if (!stored) {
      toast("The workflow could not be saved, so it was not run.", { tone: "error" });
      return;
    }
    const { graph } = useDocument.getState();
    const run = await api.workflows.run(stored.workflowId, input);
    remember(stored.workflowId, input);
    openRun(run.id, graph);
    useRunForm.setState({ open: false });
  } catch (error) {
    refused(error);
  } finally {
    useRunForm.setState({ busy: false });
  }
}

function refused(error: unknown): void {
  const { open, showProblems } = useRunForm.getState();
  if (open && error instanceof ApiProblem && error.code === "input_invalid") {
    useRunForm.setState({ problem: error.message });
    return;
  }
  const isGraph = error instanceof ApiProblem && error.status === 422;
  toast(sentenceOf(error), {
    tone: "error",
    actions: isGraph ? [{ label: "Show problems", onSelect: showProblems }] : [],
  });
}
