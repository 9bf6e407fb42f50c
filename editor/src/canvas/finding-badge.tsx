import { CircleAlert, TriangleAlert } from "lucide-react";
import { useDocument } from "../document/store.ts";
import { placeOf } from "../problems/place.ts";
import { useNodeFindings } from "../problems/store.ts";

/** How many things are wrong with a node; a click leads to the field of the first. */
export function FindingBadge({ id }: { id: string }) {
  const findings = useNodeFindings(id);
  const [first] = findings;
  if (!first) return null;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const Icon = errors > 0 ? CircleAlert : TriangleAlert;
  const words = findings.map(({ detail }) => detail).join("\n");
  return (
    <button
      type="button"
      className="finding-badge nodrag nopan"
      data-severity={errors > 0 ? "error" : "warning"}
      title={words}
      aria-label={`${findings.length} ${findings.length === 1 ? "problem" : "problems"}: ${first.detail}`}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        useDocument.getState().focusField(id, placeOf(first) || undefined);
      }}
    >
      <Icon size={12} strokeWidth={2.5} aria-hidden="true" />
      {findings.length}
    </button>
  );
}
