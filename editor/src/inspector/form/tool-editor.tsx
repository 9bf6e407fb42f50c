import { useTools } from "../../problems/catalog.ts";
import { Combobox } from "../../ui/combobox.tsx";
import type { EditorProps } from "./editor-props.ts";
import { useForm } from "./form-context.ts";

/** One of the engine's tools, with what it does. */
export function ToolEditor({ id, field, value, onValue }: EditorProps) {
  const { disabled } = useForm();
  const tools = useTools();
  const name = typeof value === "string" ? value : "";
  const chosen = tools.find((tool) => tool.name === name);
  return (
    <>
      <Combobox
        id={id}
        label={field.title}
        disabled={disabled}
        value={name}
        placeholder="Choose a tool"
        options={tools.map(({ name: value, title, description }) => ({
          value,
          label: title,
          tag: value,
          detail: description,
        }))}
        onValue={(next) => onValue(next === "" ? undefined : next)}
      />
      {chosen ? <p className="field-help">{chosen.description}</p> : null}
    </>
  );
}
