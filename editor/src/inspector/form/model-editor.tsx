import { useConnections } from "../../problems/catalog.ts";
import { Combobox } from "../../ui/combobox.tsx";
import type { EditorProps } from "./editor-props.ts";
import { useForm } from "./form-context.ts";

/** The connection that is built in and needs no key. */
const simulated = "simulated";

/** A model of one of the connections, or any other that a connection may know. */
export function ModelEditor({ id, field, value, onValue }: EditorProps) {
  const { disabled } = useForm();
  const connections = useConnections();
  const model = typeof value === "string" ? value : "";
  const options = connections.flatMap(({ title, models }) =>
    models.map((one) => ({
      value: one,
      label: one,
      ...(one === simulated ? { detail: "Made-up answers, the same each time. Needs no key." } : { tag: title }),
    })),
  );
  return (
    <>
      <Combobox
        id={id}
        label={field.title}
        mono
        free
        disabled={disabled}
        value={model}
        placeholder="connection:model"
        options={options}
        onValue={(next) => onValue(next === "" ? undefined : next)}
      />
      {model === simulated ? (
        <p className="simulated-hint">
          <span className="simulated-badge">Simulated</span> Answers are made up. Choose a real model once a key is set.
        </p>
      ) : null}
    </>
  );
}
