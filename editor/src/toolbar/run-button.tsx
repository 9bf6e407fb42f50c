import { Play, Square } from "lucide-react";
import { lazy, Suspense, useEffect, useRef } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { useDocument } from "../document/store.ts";
import { useFindingCounts } from "../problems/store.ts";
import { isOpenStatus } from "../run/format.ts";
import { useRunSummary } from "../run/hooks.ts";
import { Button } from "../ui/button.tsx";
import { toast } from "../ui/toast.tsx";
import { startRun, useRunForm } from "./start-run.ts";

const RunForm = lazy(() => import("./run-form.tsx").then((part) => ({ default: part.RunForm })));

/** Run, or Stop while a run of this workflow goes on. Where the workflow takes an input, a form asks for it first. */
export function RunButton() {
  const summary = useRunSummary();
  const input = useDocument(({ graph }) => graph.input);
  const { open, busy } = useRunForm();
  const errors = useFindingCounts().error;
  const anchor = useRef<HTMLDivElement>(null);
  const running = summary !== undefined && isOpenStatus(summary.status) && summary.mode === "live";

  const run = () => {
    if (useRunForm.getState().busy) return;
    if (errors > 0) {
      toast(`${errors} ${errors === 1 ? "problem keeps" : "problems keep"} this workflow from running.`, {
        tone: "error",
        actions: [{ label: "Show problems", onSelect: () => useRunForm.getState().showProblems() }],
      });
    } else if (input === undefined) void startRun(null);
    else useRunForm.setState(({ open: was }) => ({ open: !was }));
  };
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  const stop = async () => {
    if (!summary) return;
    try {
      await api.runs.cancel(summary.id);
    } catch (error) {
      toast(sentenceOf(error), { tone: "error" });
    }
  };
  return (
    <div ref={anchor} className="run-anchor">
      {running ? (
        <Button tone="danger" icon={<Square size={13} />} onClick={() => void stop()}>
          Stop
        </Button>
      ) : null}
      <Button
        tone="primary"
        icon={<Play size={13} />}
        disabled={busy}
        title="Run (Ctrl Enter)"
        aria-expanded={input === undefined ? undefined : open}
        onClick={run}
      >
        Run
      </Button>
      <Suspense>{open && input !== undefined ? <RunForm schema={input} /> : null}</Suspense>
    </div>
  );
}
