import type { GraphNode } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import { duplicateSelection } from "../document/clipboard.ts";
import { remove, setField } from "../document/commands.ts";
import { renameNode } from "../document/rename.ts";
import { useDocument } from "../document/store.ts";
import { lookFor } from "../nodes/cards.ts";
import { IconButton } from "../ui/button.tsx";
import { FrameMenu } from "./frame-menu.tsx";
import { idProblem } from "./node-id.ts";
import "./node-head.css";

/** What the node is: its kind, its title, its id; and what can be done with it as a whole. */
export function NodeHead({ node }: { node: GraphNode }) {
  const readOnly = useDocument((state) => state.readOnly);
  const facts = factsOf(node.type);
  const { icon: Icon, kind } = lookFor(node.type);
  const hasLabel = facts.role !== "remark";
  const label = "label" in node.data ? (node.data.label ?? "") : "";
  return (
    <header className="node-head">
      <span className="node-chip" data-kind={kind}>
        <Icon size={16} aria-hidden="true" />
      </span>
      <div className="node-names">
        {hasLabel ? (
          <input
            type="text"
            className="node-title"
            aria-label="Title"
            data-path="data.label"
            placeholder={facts.title}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            disabled={readOnly}
            value={label}
            onChange={(event) => setField(node.id, "label", event.target.value || undefined)}
          />
        ) : (
          <h2 className="node-title">{facts.title}</h2>
        )}
        <p className="node-kind">
          <span>{facts.title}</span>
          <NodeIdInput key={node.id} id={node.id} disabled={readOnly} />
        </p>
      </div>
      {readOnly ? null : (
        <span className="node-actions">
          <FrameMenu ids={[node.id]} />
          <IconButton label="Duplicate" size="small" onClick={duplicateSelection}>
            <Copy size={14} />
          </IconButton>
          <IconButton label="Delete" size="small" onClick={() => remove([node.id], [])}>
            <Trash2 size={14} />
          </IconButton>
        </span>
      )}
    </header>
  );
}

/** The name by which expressions know the node. It changes when one is done: every letter would rename everything. */
function NodeIdInput({ id, disabled }: { id: string; disabled: boolean }) {
  const [text, setText] = useState(id);
  const problem = useDocument(({ graph }) => idProblem(graph, id, text));
  const commit = () => {
    if (text !== id && problem === undefined) void renameNode(id, text);
  };
  return (
    <>
      <input
        type="text"
        className="node-id"
        aria-label="Id"
        title="The name of this node in expressions"
        data-path="id"
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : "node-id-problem"}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape") setText(id);
        }}
      />
      {problem === undefined ? null : (
        <span id="node-id-problem" className="field-problem" data-severity="error" role="status">
          {problem}
        </span>
      )}
    </>
  );
}
