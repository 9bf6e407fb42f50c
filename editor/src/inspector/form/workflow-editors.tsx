import type { JsonSchema } from "@signalbox/shared/json";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink, ListPlus } from "lucide-react";
import { api } from "../../api/client.ts";
import { setField } from "../../document/commands.ts";
import { useDocument } from "../../document/store.ts";
import { useWorkflowByKey, useWorkflows } from "../../nodes/subflow/workflows.ts";
import { navigate } from "../../router/location.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Select } from "../../ui/field.tsx";
import type { EditorProps } from "./editor-props.ts";
import { asObject } from "./fields.ts";
import { useForm } from "./form-context.ts";
import { useNodeData } from "./use-node-data.ts";

/** One of the workflows there are, by its key; what it takes can be laid out for the input. */
export function WorkflowEditor({ id, field, value, onValue }: EditorProps) {
  const { nodeId, disabled } = useForm();
  const workflows = useWorkflows();
  const key = typeof value === "string" ? value : "";
  const own = useDocument((state) => state.key);
  const chosen = useWorkflowByKey(key);
  const whole = useQuery({
    queryKey: ["workflow-input", chosen?.id],
    queryFn: async () => (await api.workflows.get(chosen?.id ?? "")).graph.input ?? null,
    enabled: chosen !== undefined,
  });
  const input = asObject(useNodeData(nodeId).input);
  const names = Object.keys(asObject((whole.data as JsonSchema | null | undefined)?.properties));
  const missing = names.filter((name) => !Object.hasOwn(input, name));
  const fill = () => setField(nodeId, "input", { ...input, ...Object.fromEntries(missing.map((name) => [name, ""])) });
  return (
    <>
      <Combobox
        id={id}
        label={field.title}
        free
        disabled={disabled}
        value={key}
        placeholder="Choose a workflow"
        options={workflows.map(({ key: one, name, publishedVersion }) => ({
          value: one,
          label: name,
          tag: one,
          detail: one === own ? "this workflow" : publishedVersion === null ? "not published yet" : undefined,
        }))}
        onValue={(next) => onValue(next === "" ? undefined : next)}
      />
      {chosen ? (
        <div className="button-row">
          <Button
            size="small"
            tone="quiet"
            icon={<ExternalLink size={13} />}
            onClick={() => navigate(`/workflows/${chosen.id}`)}
          >
            Open
          </Button>
          {missing.length > 0 && !disabled ? (
            <Button
              size="small"
              tone="quiet"
              icon={<ListPlus size={13} />}
              title={`It takes ${names.join(", ")}`}
              onClick={fill}
            >
              Add its input
            </Button>
          ) : null}
        </div>
      ) : null}
    </>
  );
}

/** Which version of the chosen workflow is run: the published one at the start of a run, or always the same. */
export function VersionEditor({ id, value, onValue }: EditorProps) {
  const { nodeId, disabled } = useForm();
  const key = useNodeData(nodeId).workflow;
  const chosen = useWorkflowByKey(typeof key === "string" ? key : "");
  const versions = useQuery({
    queryKey: ["versions", chosen?.id],
    queryFn: () => api.workflows.versions(chosen?.id ?? ""),
    enabled: chosen !== undefined,
  });
  const known = versions.data?.items ?? [];
  const written = typeof value === "number" && !known.some(({ version }) => version === value) ? [value] : [];
  return (
    <Select
      id={id}
      disabled={disabled}
      value={typeof value === "number" ? String(value) : ""}
      options={[
        { value: "", label: "The published one" },
        ...known.map(({ version, note }) => ({
          value: String(version),
          label: note ? `${version}: ${note}` : String(version),
        })),
        ...written.map((version) => ({ value: String(version), label: `${version}, which is not there` })),
      ]}
      onValue={(text) => onValue(text === "" ? undefined : Number(text))}
    />
  );
}
