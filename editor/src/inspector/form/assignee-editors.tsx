import type { Json } from "@signalbox/shared/json";
import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../ui/button.tsx";
import { Select, TextInput } from "../../ui/field.tsx";
import type { EditorProps } from "./editor-props.ts";
import { asObject } from "./fields.ts";
import { problemsAt, useForm } from "./form-context.ts";
import { ProblemLines } from "./problem-lines.tsx";

/** Who is asked, one under another; nobody named is anyone. */
export function AssigneesEditor({ id, place, value, onValue }: EditorProps) {
  const { disabled } = useForm();
  const list = Array.isArray(value) ? value : [];
  const put = (next: readonly Json[]) => onValue(next.length === 0 ? undefined : [...next]);
  return (
    <div className="map-rows">
      {list.map((one, index) => (
        <AssigneeRow
          // by its place: rows have no identity of their own
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is edited here
          key={index}
          id={`${id}-${index}`}
          place={`${place}.${index}`}
          value={one}
          onValue={(next) => put(list.with(index, next))}
          onRemove={() => put(list.toSpliced(index, 1))}
        />
      ))}
      {disabled ? null : (
        <Button size="small" tone="quiet" icon={<Plus size={13} />} onClick={() => put([...list, { role: "" }])}>
          Add someone
        </Button>
      )}
    </div>
  );
}

/** One who is asked, or nobody. */
export function AssigneeEditor({ id, place, value, onValue }: EditorProps) {
  const { disabled } = useForm();
  if (value !== undefined) {
    return <AssigneeRow id={id} place={place} value={value} onValue={onValue} onRemove={() => onValue(undefined)} />;
  }
  return disabled ? (
    <p className="field-help">Nobody</p>
  ) : (
    <Button size="small" tone="quiet" icon={<Plus size={13} />} onClick={() => onValue({ role: "" })}>
      Choose someone
    </Button>
  );
}

interface AssigneeRowProps {
  id: string;
  place: string;
  value: Json;
  onValue: (value: Json) => void;
  onRemove: () => void;
}

const kinds = [
  { value: "role", label: "Role" },
  { value: "user", label: "Person" },
];

function AssigneeRow({ id, place, value, onValue, onRemove }: AssigneeRowProps) {
  const { disabled, findings } = useForm();
  const held = asObject(value);
  const kind = Object.hasOwn(held, "user") ? "user" : "role";
  const name = typeof held[kind] === "string" ? held[kind] : "";
  return (
    <div data-path={place}>
      <div className="assignee-row">
        <Select
          aria-label="Role or person"
          disabled={disabled}
          value={kind}
          options={kinds}
          onValue={(next) => onValue({ [next]: name })}
        />
        <TextInput
          id={id}
          aria-label={kind === "role" ? "Role" : "Name of the person"}
          placeholder={kind === "role" ? "approver" : "Name"}
          disabled={disabled}
          value={name}
          onText={(text) => onValue({ [kind]: text })}
        />
        {disabled ? null : (
          <IconButton label={name === "" ? "Remove" : `Remove ${name}`} size="small" onClick={onRemove}>
            <X size={13} />
          </IconButton>
        )}
      </div>
      <ProblemLines problems={problemsAt(findings, place, true)} />
    </div>
  );
}
