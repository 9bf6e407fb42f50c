import { Download, LayoutGrid, Redo2, Rocket, Undo2, Upload } from "lucide-react";
import { useRef } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { saveNow } from "../document/save.ts";
import { useDocument } from "../document/store.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { toast } from "../ui/toast.tsx";
import { exportGraph, importGraph } from "./files.ts";
import { RunButton } from "./run-button.tsx";
import { SaveState } from "./save-state.tsx";
import { useRunForm } from "./start-run.ts";
import { WorkflowMenu } from "./workflow-menu.tsx";
import "./toolbar.css";

/** The bar over the canvas: which workflow, what can be done with it, and Run. */
export function Toolbar() {
  return (
    <header className="bar toolbar">
      <WorkflowMenu />
      <SaveState />
      <span className="bar-space" />
      <HistoryButtons />
      <IconButton label="Tidy" onClick={() => void import("../layout/tidy.ts").then(({ tidy }) => tidy())}>
        <LayoutGrid size={15} />
      </IconButton>
      <span className="bar-rule" />
      <FileButtons />
      <PublishButton />
      <RunButton />
    </header>
  );
}

function HistoryButtons() {
  const past = useDocument(({ history }) => history.past.at(-1)?.label);
  const future = useDocument(({ history }) => history.future[0]?.label);
  const { undo, redo } = useDocument.getState();
  return (
    <>
      <IconButton
        label="Undo"
        title={past === undefined ? "Nothing to undo" : `Undo: ${past} (Ctrl Z)`}
        disabled={past === undefined}
        onClick={undo}
      >
        <Undo2 size={15} />
      </IconButton>
      <IconButton
        label="Redo"
        title={future === undefined ? "Nothing to redo" : `Redo: ${future} (Ctrl Shift Z)`}
        disabled={future === undefined}
        onClick={redo}
      >
        <Redo2 size={15} />
      </IconButton>
    </>
  );
}

function FileButtons() {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label="Import" title="Import a graph from a file" onClick={() => picker.current?.click()}>
        <Upload size={15} />
      </IconButton>
      <IconButton label="Export" title="Export the graph as JSON" onClick={exportGraph}>
        <Download size={15} />
      </IconButton>
      <input
        ref={picker}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label="Graph file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // the same file can be chosen again after it was edited
          event.target.value = "";
          if (file) void importGraph(file);
        }}
      />
    </>
  );
}

function PublishButton() {
  const publish = async () => {
    try {
      const stored = await saveNow();
      if (!stored) {
        toast("The workflow is not saved, so it was not published.", { tone: "error" });
        return;
      }
      const { version } = await api.workflows.publish(stored.workflowId);
      useDocument.getState().markSaved("saved", { publishedVersion: version });
      toast(`Published as version ${version}. Runs from outside now use it.`);
    } catch (error) {
      toast(sentenceOf(error), {
        tone: "error",
        actions: [{ label: "Show problems", onSelect: useRunForm.getState().showProblems }],
      });
    }
  };
  return (
    <Button
      icon={<Rocket size={13} />}
      title="Make this draft a version that never changes"
      onClick={() => void publish()}
    >
      Publish
    </Button>
  );
}
