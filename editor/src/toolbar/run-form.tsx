import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client.ts";
import { useDocument } from "../document/store.ts";
import { fieldsOf, initialValue, missingIn } from "../forms/schema-fields.ts";
import { JsonInput, SchemaForm } from "../forms/schema-form.tsx";
import { Button } from "../ui/button.tsx";
import { lastInput, startRun, useRunForm } from "./start-run.ts";

/** Asks for a run's input under the Run button; Ctrl Enter starts, Escape closes. */
export function RunForm({ schema }: { schema: JsonSchema }) {
  const workflowId = useDocument((state) => state.workflowId) ?? "";
  const name = useDocument(({ graph }) => graph.name);
  const templates = useQuery({ queryKey: ["templates"], queryFn: api.templates.list });
  const sample = templates.data?.find((template) => template.name === name)?.sampleInput;
  const known = lastInput(workflowId) ?? sample;
  if (known === undefined && templates.isPending) return null;
  return <InputForm key={workflowId} schema={schema} known={known} />;
}

function InputForm({ schema, known }: { schema: JsonSchema; known: Json | undefined }) {
  const { busy, problem } = useRunForm();
  const isObject = fieldsOf(schema).length > 0;
  const [value, setValue] = useState<JsonObject>(() => initialValue(schema, known));
  const [raw, setRaw] = useState<Json | undefined>(known ?? null);
  const form = useRef<HTMLFormElement>(null);
  const missing = isObject ? missingIn(schema, value) : [];
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("textarea, input, select")?.focus();
  }, []);
  const start = () => {
    if (missing.length === 0 && !busy) void startRun(isObject ? value : (raw ?? null));
  };
  const close = () => useRunForm.setState({ open: false, problem: undefined });
  return (
    <form
      ref={form}
      className="run-form"
      aria-label="Input of the run"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        // the same keys would otherwise close the form again
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
    >
      <h2>Input</h2>
      {isObject ? (
        <SchemaForm schema={schema} value={value} onValue={setValue} />
      ) : (
        <JsonInput id="run-input" value={raw} onValue={setRaw} disabled={false} />
      )}
      {problem === undefined ? null : (
        <p className="field-problem" data-severity="error" role="alert">
          {problem}
        </p>
      )}
      <footer>
        <span className="faint">{missing.length > 0 ? `Needs ${missing.join(", ")}` : "Ctrl Enter"}</span>
        <span className="bar-space" />
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" tone="primary" icon={<Play size={13} />} disabled={busy || missing.length > 0}>
          Start run
        </Button>
      </footer>
    </form>
  );
}
