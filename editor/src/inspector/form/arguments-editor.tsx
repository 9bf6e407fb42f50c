import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { ExpressionField } from "../../expression/expression-field.tsx";
import { useTools } from "../../problems/catalog.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { ArgumentChoice } from "./argument-choice.tsx";
import { type Argument, argumentsOf, unknownArguments } from "./arguments.ts";
import type { EditorProps } from "./editor-props.ts";
import { asObject } from "./fields.ts";
import { problemsAt, useForm } from "./form-context.ts";
import { MapEditor } from "./map-editor.tsx";
import { withoutKey } from "./rows.ts";
import { TemplateValue } from "./template-editors.tsx";
import { useNodeData } from "./use-node-data.ts";

/** A form for what a tool takes, from the tool's own schema. */
export function ArgumentsEditor({ id, place, value, onValue }: EditorProps) {
  const { nodeId, disabled } = useForm();
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const { tool } = useNodeData(nodeId);
  const schema = useTools().find(({ name }) => name === tool)?.input;
  const given = asObject(value);
  const set = (next: JsonObject) => onValue(Object.keys(next).length === 0 ? undefined : next);
  if (!schema) return <MapEditor id={id} place={place} word="argument" map={given} onMap={set} />;
  const all = argumentsOf(schema as JsonSchema);
  const isShown = ({ name, required }: Argument) => required || given[name] !== undefined || wanted.includes(name);
  const hidden = all.filter((argument) => !isShown(argument));
  return (
    <div className="argument-list">
      {all.filter(isShown).map((argument) => (
        <ArgumentRow
          key={argument.name}
          id={`${id}-${argument.name}`}
          place={`${place}.${argument.name}`}
          argument={argument}
          value={given[argument.name]}
          onValue={(next) =>
            set(next === undefined ? withoutKey(given, argument.name) : { ...given, [argument.name]: next })
          }
        />
      ))}
      {hidden.length > 0 && !disabled ? (
        <div className="argument-more">
          {hidden.map(({ name, title }) => (
            <Button
              key={name}
              size="small"
              tone="quiet"
              icon={<Plus size={13} />}
              onClick={() => setWanted([...wanted, name])}
            >
              {title}
            </Button>
          ))}
        </div>
      ) : null}
      {unknownArguments(schema as JsonSchema, given).map((name) => (
        <UnknownArgument key={name} name={name} onRemove={() => set(withoutKey(given, name))} />
      ))}
    </div>
  );
}

interface ArgumentRowProps {
  id: string;
  place: string;
  argument: Argument;
  value: Json | undefined;
  onValue: (value: Json | undefined) => void;
}

function ArgumentRow({ id, place, argument, value, onValue }: ArgumentRowProps) {
  const { findings, isUsed } = useForm();
  const { title, help, required, kind } = argument;
  const problems = problemsAt(findings, place, kind !== "map");
  return (
    <Field
      label={title}
      {...(kind === "map" ? {} : { htmlFor: id })}
      help={help}
      required={required && !isUsed && (value === undefined || value === "")}
      problems={problems}
      path={place}
    >
      <ArgumentControl id={id} place={place} argument={argument} value={value} onValue={onValue} />
    </Field>
  );
}

function ArgumentControl({ id, place, argument, value, onValue }: ArgumentRowProps) {
  const { nodeId, disabled, findings } = useForm();
  const { title, kind } = argument;
  if (kind === "map" && (value === undefined || typeof value === "object")) {
    const set = (map: JsonObject) => onValue(Object.keys(map).length === 0 ? undefined : map);
    return (
      <MapEditor id={id} place={place} word={title.toLowerCase().replace(/s$/, "")} map={asObject(value)} onMap={set} />
    );
  }
  if (kind === "choice") {
    return <ArgumentChoice id={id} place={place} argument={argument} value={value} onValue={onValue} />;
  }
  if (kind === "any" || kind === "list" || (value !== undefined && typeof value !== "string" && kind !== "number")) {
    const start = kind === "list" ? "json" : "text";
    return <TemplateValue id={id} label={title} place={place} value={value} onValue={onValue} start={start} />;
  }
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
  return (
    <ExpressionField
      id={id}
      label={title}
      kind={kind === "code" ? "code" : "template"}
      multiline
      nodeId={nodeId}
      place={place}
      findings={findings}
      disabled={disabled}
      value={text}
      onText={(next) => onValue(readArgument(next, argument))}
    />
  );
}

/** A number that is written as one is one; anything else is a template of one. */
function readArgument(text: string, { kind }: Argument): Json | undefined {
  if (text === "") return undefined;
  return kind === "number" && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function UnknownArgument({ name, onRemove }: { name: string; onRemove: () => void }) {
  const { disabled } = useForm();
  return (
    <p className="unknown-argument">
      <span>
        This tool takes no <code>{name}</code>.
      </span>
      {disabled ? null : (
        <IconButton label={`Remove ${name}`} size="small" onClick={onRemove}>
          <X size={13} />
        </IconButton>
      )}
    </p>
  );
}
