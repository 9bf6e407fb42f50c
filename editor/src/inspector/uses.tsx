import { usesHandle } from "@signalbox/shared/graph";
import { useDocument } from "../document/store.ts";
import { titleOf } from "../nodes/cards.ts";
import { Button } from "../ui/button.tsx";

interface UsesProps {
  nodeId: string;
  /** Whose names are wanted: those it may call, or those that may call it. */
  side: "may-call" | "called-by";
}

/** The permissions that are drawn at a node, as names that lead there. */
export function Uses({ nodeId, side }: UsesProps) {
  const nodes = useDocument(({ graph }) => graph.nodes);
  const edges = useDocument(({ graph }) => graph.edges);
  const select = useDocument((state) => state.select);
  const drawn = edges.filter(({ sourceHandle }) => sourceHandle === usesHandle);
  const ids = new Set(
    side === "may-call"
      ? drawn.flatMap(({ source, target }) => (source === nodeId ? [target] : []))
      : drawn.flatMap(({ source, target }) => (target === nodeId ? [source] : [])),
  );
  const others = nodes.filter(({ id }) => ids.has(id));
  if (side === "called-by" && others.length === 0) return null;
  return (
    <section className="uses">
      <h3>{side === "may-call" ? "May call" : "Called by"}</h3>
      {others.length > 0 ? (
        <div className="uses-names">
          {others.map((node) => (
            <Button key={node.id} size="small" onClick={() => select([node.id])}>
              {titleOf(node)}
            </Button>
          ))}
        </div>
      ) : null}
      <p className="field-help">
        {side === "may-call"
          ? others.length > 0
            ? "These and nothing else: the picture is the permission."
            : "Nothing. Drag from the handle below the node to a tool or an agent to let it be called."
          : "What is left empty here is given with each call."}
      </p>
    </section>
  );
}
