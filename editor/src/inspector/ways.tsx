import { type GraphEdge, type GraphNode, isControlEdge } from "@signalbox/shared/graph";
import { useState } from "react";
import { connect } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { structureOf } from "../document/structure.ts";
import { wireProblem } from "../document/wires.ts";
import { titleOf } from "../nodes/cards.ts";
import { handlesOf } from "../nodes/size.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";

/** The edges that leave a node, by way out: each leads to its own form, and more are drawn without a pointer. */
export function Ways({ node }: { node: GraphNode }) {
  const edges = useDocument(({ graph }) => graph.edges);
  const readOnly = useDocument((state) => state.readOnly);
  const leaving = edges.filter((edge) => edge.source === node.id && isControlEdge(edge));
  const isTaken = (id: string) => leaving.some(({ sourceHandle }) => sourceHandle === id);
  const all = handlesOf(node);
  const ways = readOnly ? all.filter(({ id }) => isTaken(id)) : all;
  if (ways.length === 0) return null;
  return (
    <section className="uses ways">
      <h3>Leads to</h3>
      {ways.map(({ id, label }) => (
        <div key={id} className="way">
          {all.length > 1 ? <span className="way-name ellipsis">{label || "Then"}</span> : null}
          {leaving
            .filter(({ sourceHandle }) => sourceHandle === id)
            .map((edge) => (
              <EdgeName key={edge.id} edge={edge} />
            ))}
          {readOnly ? null : <ConnectTo node={node} handle={id} label={label} />}
        </div>
      ))}
    </section>
  );
}

function EdgeName({ edge }: { edge: GraphEdge }) {
  const target = useDocument(({ graph }) => graph.nodes.find(({ id }) => id === edge.target));
  const isBack = useDocument(({ graph }) => structureOf(graph).back.has(edge.id));
  const select = useDocument((state) => state.select);
  const name = target ? titleOf(target) : edge.target;
  return (
    <Button size="small" title="Show this edge" onClick={() => select([], [edge.id])}>
      {isBack ? `back to ${name}` : name}
    </Button>
  );
}

/** Where an edge may lead is looked up when it is asked for: it is asked of every node there is. */
function ConnectTo({ node, handle, label }: { node: GraphNode; handle: string; label: string }) {
  const [fitting, setFitting] = useState<readonly GraphNode[]>([]);
  const look = () => {
    const { graph } = useDocument.getState();
    const wire = { source: node.id, sourceHandle: handle };
    setFitting(graph.nodes.filter(({ id }) => wireProblem(graph, { ...wire, target: id }) === undefined));
  };
  return (
    <Select
      aria-label={label === "" ? "Connect to" : `Connect ${label} to`}
      value=""
      options={[
        { value: "", label: "Connect to …" },
        ...fitting.map((one) => ({ value: one.id, label: `${titleOf(one)} (${one.id})` })),
      ]}
      onFocus={look}
      onPointerDown={look}
      onValue={(target) => {
        if (target !== "") connect({ source: node.id, sourceHandle: handle, target });
      }}
    />
  );
}
