import type { GraphEdge } from "@signalbox/shared/graph";
import { useId } from "react";
import { setMaxIterations } from "../document/commands.ts";
import { useDocument } from "../document/store.ts";
import { titleOf } from "../nodes/cards.ts";
import { useEdgeRun, useRunOpen } from "../run/hooks.ts";
import { Field, TextInput } from "../ui/field.tsx";
import { useDraft } from "./form/drafts.ts";
import { readNumber } from "./form/read-values.ts";

const passes = { type: "integer", minimum: 1, maximum: 1_000_000 } as const;
/** How often a loop goes around at most while no edge says it. */
const usual = 25;

/** What an edge back has besides its ends: how often its loop may go around. */
export function BackFields({ edge, header }: { edge: GraphEdge; header: string }) {
  const id = useId();
  const readOnly = useDocument((state) => state.readOnly);
  const node = useDocument(({ graph }) => graph.nodes.find((one) => one.id === header));
  const runOpen = useRunOpen();
  const { taken } = useEdgeRun(edge.id);
  const { text, problem, onText, onBlur } = useDraft({
    id: `edge/${edge.id}/maxIterations`,
    value: edge.data?.maxIterations,
    format: (value) => (typeof value === "number" ? String(value) : ""),
    read: (typed) => readNumber(typed, passes),
    onValue: (value) => setMaxIterations(edge.id, typeof value === "number" ? value : undefined),
  });
  return (
    <>
      <Field
        label="Most passes"
        htmlFor={id}
        help={`Of the loop at ${node ? titleOf(node) : header}; ${usual} unless set. Of several edges back the lowest counts. Beyond it the run fails.`}
        problems={problem === undefined ? [] : [{ severity: "error", detail: problem }]}
      >
        <TextInput
          id={id}
          inputMode="numeric"
          placeholder={String(usual)}
          disabled={readOnly}
          value={text}
          onText={onText}
          onBlur={onBlur}
        />
      </Field>
      {runOpen ? (
        <dl className="facts">
          <dt>Taken</dt>
          <dd>{taken === 1 ? "once" : `${taken} times`}</dd>
        </dl>
      ) : null}
    </>
  );
}
