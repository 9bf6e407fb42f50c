import type { Workflow } from "@signalbox/shared/api";
import type { Graph } from "@signalbox/shared/graph";
import { ApiProblem, api, sentenceOf } from "../api/client.ts";
import { toast } from "../ui/toast.tsx";
import { replaceGraph } from "./commands.ts";
import { useDocument } from "./store.ts";

const pause = 600;
/** How long after a failure it is tried again. */
const retryPause = 4000;
let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> | undefined;
/** What the engine has taken last: who left that workflow meanwhile goes on from there. */
let taken = { workflowId: "", revision: 0 };
let failureShown: (() => void) | undefined;

/** Saves what is drawn whenever it has changed; gives back how to stop. */
export function startAutosave(): () => void {
  const unsubscribe = useDocument.subscribe((now, before) => {
    if (now.graph === before.graph || now.workflowId !== before.workflowId || now.saved === "conflict") return;
    if (now.saved !== "unsaved") return;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pause);
  });
  const onLeave = (event: BeforeUnloadEvent) => {
    if (useDocument.getState().saved === "saved") return;
    void flush();
    event.preventDefault();
  };
  window.addEventListener("beforeunload", onLeave);
  return () => {
    unsubscribe();
    window.removeEventListener("beforeunload", onLeave);
    clearTimeout(timer);
    failureShown?.();
    const { workflowId, graph, revision, saved } = useDocument.getState();
    if (workflowId !== undefined && saved !== "saved")
      void keepRunning(saveLeft({ workflowId, graph, revision }, running));
  };
}

/** Resolves when nothing is on its way to the engine: what is read then is what was drawn last. */
export async function settled(): Promise<void> {
  await running;
}

/** Saves what was drawn in the last moment before its page was left. */
async function saveLeft(
  left: { workflowId: string; graph: Graph; revision: number },
  before: Promise<void> | undefined,
): Promise<void> {
  await before;
  const { workflowId, graph } = left;
  const revision = taken.workflowId === workflowId ? Math.max(taken.revision, left.revision) : left.revision;
  try {
    await api.workflows.save(workflowId, { graph, revision });
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return;
    const why = error instanceof ApiProblem ? error.message : "The engine does not answer.";
    toast(`The last changes to “${graph.name}” are not saved: ${why}`, {
      tone: "error",
      sticky: true,
      actions: [{ label: "Save mine", onSelect: () => void overwrite(workflowId, graph) }],
    });
  }
}

async function overwrite(workflowId: string, graph: Graph): Promise<void> {
  try {
    const { revision } = await api.workflows.get(workflowId);
    await api.workflows.save(workflowId, { graph, revision });
    // who has it open again sees what was saved
    if (useDocument.getState().workflowId === workflowId) await takeTheirs();
  } catch (error) {
    toast(sentenceOf(error), { tone: "error" });
  }
}

/** Saves at once what is not saved yet. Nothing is given back when it could not be saved, or nothing is open. */
export async function saveNow(): Promise<{ workflowId: string } | undefined> {
  await flush();
  const { workflowId, saved } = useDocument.getState();
  return workflowId !== undefined && saved === "saved" ? { workflowId } : undefined;
}

async function flush(): Promise<void> {
  clearTimeout(timer);
  // one at a time: the second one needs the revision that the first one gives
  while (running) await running;
  await keepRunning(save());
}

function keepRunning(work: Promise<void>): Promise<void> {
  const mine = work.finally(() => {
    if (running === mine) running = undefined;
  });
  running = mine;
  return mine;
}

async function save(): Promise<void> {
  const { workflowId, graph, revision, saved, markSaved } = useDocument.getState();
  if (workflowId === undefined || (saved !== "unsaved" && saved !== "failed")) return;
  markSaved("saving");
  try {
    const stored = await api.workflows.save(workflowId, { graph, revision });
    taken = { workflowId, revision: stored.revision };
    const now = useDocument.getState();
    if (now.workflowId !== workflowId) return;
    failureShown?.();
    const facts = { revision: stored.revision, publishedVersion: stored.publishedVersion, key: stored.key };
    now.markSaved(now.graph === graph ? "saved" : "unsaved", facts);
    if (now.graph !== graph) timer = setTimeout(() => void flush(), pause);
  } catch (error) {
    if (useDocument.getState().workflowId === workflowId) refused(error, saved === "failed");
  }
}

function refused(error: unknown, again: boolean): void {
  const { markSaved } = useDocument.getState();
  if (error instanceof ApiProblem && error.code === "revision_conflict") {
    markSaved("conflict");
    return;
  }
  markSaved("failed");
  const isDown = !(error instanceof ApiProblem) || error.status >= 500;
  if (isDown) timer = setTimeout(() => void flush(), retryPause);
  // it is said once, however often it is tried
  if (again && isDown) return;
  const why = error instanceof ApiProblem ? error.message : "The engine does not answer.";
  failureShown = toast(`Not saved: ${why}`, {
    tone: "error",
    actions: [{ label: "Try again", onSelect: () => void flush() }],
  });
}

/** After a conflict: what others have saved, in place of what is drawn here. */
export async function takeTheirs(): Promise<void> {
  const { workflowId, markSaved } = useDocument.getState();
  const theirs = workflowId === undefined ? undefined : await storedNow(workflowId);
  if (!theirs) return;
  const { graph, revision, publishedVersion } = theirs;
  markSaved("saved", { revision, publishedVersion });
  // a step like any other: one wrong press must not lose what was drawn here
  replaceGraph(graph, "Take theirs");
}

/** After a conflict: what is drawn here, in place of what others have saved. */
export async function keepMine(): Promise<void> {
  const { workflowId, markSaved } = useDocument.getState();
  if (workflowId === undefined) return;
  const theirs = await storedNow(workflowId);
  if (!theirs) return;
  markSaved("unsaved", { revision: theirs.revision });
  await flush();
}

/** The workflow as the engine has it; where that cannot be had, it is said why. */
async function storedNow(workflowId: string): Promise<Workflow | undefined> {
  try {
    return await api.workflows.get(workflowId);
  } catch (error) {
    toast(sentenceOf(error), { tone: "error" });
    return undefined;
  }
}
