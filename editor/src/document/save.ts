import { ApiProblem, api } from "../api/client.ts";
import { toast } from "../ui/toast.tsx";
import { useDocument } from "./store.ts";

const pause = 600;
let timer: ReturnType<typeof setTimeout> | undefined;
let running: Promise<void> | undefined;

/** Saves what is drawn whenever it has changed; gives back how to stop. */
export function startAutosave(): () => void {
  const unsubscribe = useDocument.subscribe((now, before) => {
    if (now.graph === before.graph || now.workflowId !== before.workflowId || now.saved === "conflict") return;
    if (now.saved !== "unsaved") return;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pause);
  });
  const onLeave = (event: BeforeUnloadEvent) => {
    const { saved } = useDocument.getState();
    if (saved !== "unsaved" && saved !== "saving") return;
    void flush();
    event.preventDefault();
  };
  window.addEventListener("beforeunload", onLeave);
  return () => {
    unsubscribe();
    window.removeEventListener("beforeunload", onLeave);
  };
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
  running = save().finally(() => {
    running = undefined;
  });
  await running;
}

async function save(): Promise<void> {
  const { workflowId, graph, revision, saved, markSaved } = useDocument.getState();
  if (workflowId === undefined || (saved !== "unsaved" && saved !== "failed")) return;
  markSaved("saving");
  try {
    const stored = await api.workflows.save(workflowId, { graph, revision });
    const now = useDocument.getState();
    if (now.workflowId !== workflowId) return;
    const facts = { revision: stored.revision, publishedVersion: stored.publishedVersion, key: stored.key };
    now.markSaved(now.graph === graph ? "saved" : "unsaved", facts);
    if (now.graph !== graph) timer = setTimeout(() => void flush(), pause);
  } catch (error) {
    if (useDocument.getState().workflowId === workflowId) refused(error);
  }
}

function refused(error: unknown): void {
  const { markSaved } = useDocument.getState();
  if (error instanceof ApiProblem && error.code === "revision_conflict") {
    markSaved("conflict");
    return;
  }
  markSaved("failed");
  const why = error instanceof ApiProblem ? error.message : "The engine does not answer.";
  toast(`Not saved: ${why}`, { tone: "error", actions: [{ label: "Try again", onSelect: () => void flush() }] });
}

/** After a conflict: what others have saved, in place of what is drawn here. */
export async function takeTheirs(): Promise<void> {
  const { workflowId, open } = useDocument.getState();
  if (workflowId !== undefined) open(await api.workflows.get(workflowId));
}

/** After a conflict: what is drawn here, in place of what others have saved. */
export async function keepMine(): Promise<void> {
  const { workflowId, markSaved } = useDocument.getState();
  if (workflowId === undefined) return;
  const { revision } = await api.workflows.get(workflowId);
  markSaved("unsaved", { revision });
  await flush();
}
