import { factsOf } from "@signalbox/shared/nodes";
import { useEffect, useState } from "react";
import { useDocument } from "../document/store.ts";
import { preloadEditor } from "../expression/load-editor.ts";
import { useChecking } from "../problems/catalog.ts";
import { useRunOpen } from "../run/hooks.ts";
import { Tabs } from "../ui/tabs.tsx";
import { EdgeForm } from "./edge-form.tsx";
import { ManySelected } from "./many-selected.tsx";
import { NodeForm } from "./node-form.tsx";
import { NodeHead } from "./node-head.tsx";
import { RunPane, type RunTab } from "./run/run-pane.tsx";
import { WorkflowForm } from "./workflow-form.tsx";
import "./inspector.css";

type InspectorTab = "config" | RunTab;

/** The right panel: everything about what is selected, and about the workflow when nothing is. */
export function Inspector() {
  useChecking();
  // so that the first field that is opened is a whole one
  useEffect(() => preloadEditor(), []);
  const selection = useDocument((state) => state.selection);
  const selectedEdges = useDocument((state) => state.selectedEdges);
  const [id] = selection;
  const [edgeId] = selectedEdges;
  if (selection.length + selectedEdges.length > 1) return <ManySelected nodes={selection} edges={selectedEdges} />;
  if (id !== undefined) return <NodePanel id={id} />;
  return edgeId === undefined ? <WorkflowForm /> : <EdgePanel id={edgeId} />;
}

function EdgePanel({ id }: { id: string }) {
  const edge = useDocument(({ graph }) => graph.edges.find((one) => one.id === id));
  return edge ? <EdgeForm edge={edge} /> : null;
}

function NodePanel({ id }: { id: string }) {
  const node = useDocument(({ graph }) => graph.nodes.find((one) => one.id === id));
  const runOpen = useRunOpen();
  const [tab, setTab] = useState<InspectorTab>("config");
  if (!node) return null;
  const hasRun = runOpen && factsOf(node.type).role !== "remark";
  const active = hasRun ? tab : "config";
  return (
    <div className="node-panel">
      <NodeHead node={node} />
      {hasRun ? (
        <Tabs
          label="About this node"
          tabs={[
            { id: "config", label: "Config" },
            { id: "input", label: "Input" },
            { id: "output", label: "Output" },
            { id: "trace", label: "Trace" },
          ]}
          active={active}
          onActive={setTab}
        >
          {active === "config" ? (
            <NodeForm key={node.id} node={node} />
          ) : (
            <RunPane key={node.id} nodeId={node.id} tab={active} />
          )}
        </Tabs>
      ) : (
        <div className="node-scroll">
          <NodeForm key={node.id} node={node} />
        </div>
      )}
    </div>
  );
}
