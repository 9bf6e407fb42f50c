import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ApiProblem, api, sentenceOf } from "../api/client.ts";
import { settled, startAutosave } from "../document/save.ts";
import { openCollapsed } from "../document/shown.ts";
import { useDocument } from "../document/store.ts";
import { closeRun, openRun } from "../run/follow.ts";
import { isOpenStatus } from "../run/format.ts";
import { useRunForm } from "../toolbar/start-run.ts";
import { Toolbar } from "../toolbar/toolbar.tsx";
import { rememberWorkflow } from "./last-workflow.ts";
import { MissingPage } from "./missing.tsx";
import { Workbench } from "./workbench.tsx";

/** `/workflows/:id`: draw it, run it, watch it. */
export function WorkflowPage({ id }: { id: string }) {
  const workflow = useQuery({
    queryKey: ["workflow", id],
    queryFn: async () => {
      // one may come back to a workflow whose last change is still on its way
      await settled();
      return await api.workflows.get(id);
    },
    // the document store is what is edited; a refetch must never overwrite it
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const { data } = workflow;
  const opened = useDocument(({ workflowId }) => workflowId) === id;
  useEffect(() => {
    if (!data) return;
    openCollapsed(data.id);
    useDocument.getState().open(data);
    rememberWorkflow(data.id);
    document.title = `${data.name} · Signalbox`;
    void showOpenRun(data.id);
    const stopSaving = startAutosave();
    return () => {
      stopSaving();
      closeRun();
      useRunForm.setState({ open: false, problem: undefined });
      useDocument.getState().close();
    };
  }, [data]);
  if (workflow.error) {
    const gone = workflow.error instanceof ApiProblem && workflow.error.status === 404;
    return <MissingPage what={gone ? "This workflow does not exist any more." : sentenceOf(workflow.error)} />;
  }
  return (
    <main className="page">
      {opened ? (
        <>
          <Toolbar />
          <Workbench onCloseRun={closeRun} />
        </>
      ) : (
        <>
          <header className="bar" />
          <div className="page-body" aria-busy="true" />
        </>
      )}
    </main>
  );
}

/** A run that still goes on is what one came to see: after a restart it is on the canvas again. */
async function showOpenRun(workflow: string): Promise<void> {
  const { items } = await api.runs.list({ workflow, limit: 1 });
  const [newest] = items;
  if (!newest || !isOpenStatus(newest.status)) return;
  const graph = await api.runs.graph(newest.id);
  if (useDocument.getState().workflowId === workflow) openRun(newest.id, graph);
}
