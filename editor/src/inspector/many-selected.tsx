import { Copy, Trash2 } from "lucide-react";
import { duplicateSelection } from "../document/clipboard.ts";
import { remove } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { titleOf } from "../nodes/cards.ts";
import { Button } from "../ui/button.tsx";
import { FrameMenu } from "./frame-menu.tsx";

const longestList = 50;

/** Several things at once: which, and what can be done with all of them. */
export function ManySelected({ nodes, edges }: { nodes: readonly string[]; edges: readonly string[] }) {
  const readOnly = useDocument((state) => state.readOnly);
  const select = useDocument((state) => state.select);
  const all = useDocument(({ graph }) => graph.nodes);
  const wanted = new Set(nodes.slice(0, longestList));
  const chosen = all.filter(({ id }) => wanted.has(id));
  const said = [count(nodes.length, "node"), count(edges.length, "edge")].filter(Boolean).join(" and ");
  return (
    <div className="panel-body">
      <h2 className="panel-title">{said} selected</h2>
      {readOnly ? null : (
        <div className="button-row">
          {nodes.length > 0 ? (
            <Button icon={<Copy size={14} />} onClick={duplicateSelection}>
              Duplicate
            </Button>
          ) : null}
          <Button icon={<Trash2 size={14} />} onClick={() => remove(nodes, edges)}>
            Delete
          </Button>
          <FrameMenu ids={nodes} />
        </div>
      )}
      <ul className="chosen">
        {chosen.map((node) => (
          <li key={node.id}>
            <button type="button" onClick={() => select([node.id])}>
              {titleOf(node)} <code>{node.id}</code>
            </button>
          </li>
        ))}
        {nodes.length > longestList ? <li className="faint">and {nodes.length - longestList} more</li> : null}
      </ul>
    </div>
  );
}

function count(number: number, word: string): string {
  if (number === 0) return "";
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
