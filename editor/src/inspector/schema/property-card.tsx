import type { JsonSchema } from "@signalbox/shared/json";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../../ui/button.tsx";
import { Select, TextArea } from "../../ui/field.tsx";
import { type Read, useDraft } from "../form/drafts.ts";
import { useForm } from "../form/form-context.ts";
import { ProblemLines } from "../form/problem-lines.tsx";
import { choicesOf, innerOf, nameProblem, type Property, type Shape, shapeOf, withInner, withShape } from "./edit.ts";

const shapes: readonly { value: Shape; label: string }[] = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "integer", label: "Whole number" },
  { value: "boolean", label: "Yes or no" },
  { value: "choice", label: "One of" },
  { value: "object", label: "Object" },
  { value: "any", label: "Anything" },
  { value: "list:text", label: "List of texts" },
  { value: "list:number", label: "List of numbers" },
  { value: "list:integer", label: "List of whole numbers" },
  { value: "list:boolean", label: "List of yes or no" },
  { value: "list:choice", label: "List of some of" },
  { value: "list:object", label: "List of objects" },
  { value: "list:any", label: "List of anything" },
];

interface PropertyCardProps {
  id: string;
  place: string;
  property: Property;
  siblings: readonly Property[];
  onProperty: (property: Property) => void;
  onRemove: () => void;
  /** The fields of an object inside. */
  renderInner: (inner: {
    id: string;
    place: string;
    schema: JsonSchema;
    onSchema: (schema: JsonSchema | undefined) => void;
  }) => ReactNode;
}

/** One field of a schema: its name, what it holds, what is said of it. */
export function PropertyCard(props: PropertyCardProps) {
  const { id, place, property, siblings, onProperty, onRemove, renderInner } = props;
  const { nodeId, disabled } = useForm();
  const { name, schema, required } = property;
  const shape = shapeOf(schema);
  const inner = innerOf(schema);
  const put = (next: JsonSchema) => onProperty({ ...property, schema: next });
  const named = useDraft({
    id: `${nodeId}/${place}/name`,
    value: name,
    format: () => name,
    read: (text): Read => {
      const problem = nameProblem(siblings, name, text);
      return problem === undefined ? { value: text } : { problem };
    },
    onValue: (next) => onProperty({ ...property, name: typeof next === "string" ? next : name }),
  });
  const options = shape === "custom" ? [{ value: shape, label: "As JSON" }, ...shapes] : shapes;
  return (
    <section className="property-card" aria-label={`Field ${name}`} data-path={place}>
      <div className="property-head">
        <input
          type="text"
          className="property-name"
          aria-label="Name"
          autoComplete="off"
          spellCheck={false}
          disabled={disabled}
          value={named.text}
          aria-invalid={named.problem !== undefined}
          onChange={(event) => named.onText(event.target.value)}
          onBlur={named.onBlur}
        />
        <Select
          aria-label={`What ${name} holds`}
          disabled={disabled}
          value={shape}
          options={options}
          onValue={(value) => put(withShape(schema, value as Shape))}
        />
        {disabled ? null : (
          <IconButton label={`Remove ${name}`} size="small" onClick={onRemove}>
            <X size={13} />
          </IconButton>
        )}
      </div>
      <div className="property-about">
        <input
          type="text"
          aria-label={`What ${name} is`}
          placeholder="What it is"
          autoComplete="off"
          disabled={disabled}
          value={typeof schema.description === "string" ? schema.description : ""}
          onChange={(event) => put(described(schema, event.target.value))}
        />
        <label>
          <input
            type="checkbox"
            checked={required}
            disabled={disabled}
            onChange={(event) => onProperty({ ...property, required: event.target.checked })}
          />
          Required
        </label>
      </div>
      <ProblemLines problems={named.problem === undefined ? [] : [{ severity: "error", detail: named.problem }]} />
      {shape === "choice" || shape === "list:choice" ? (
        <Choices
          id={`${id}-choices`}
          place={place}
          choices={choicesOf(inner)}
          onChoices={(choices) => put(withInner(schema, { ...inner, enum: [...choices] }))}
        />
      ) : null}
      {shape === "object" || shape === "list:object" ? (
        <div className="property-inner">
          {renderInner({
            id: `${id}-in`,
            place,
            schema: inner,
            onSchema: (next) => put(withInner(schema, next ?? { ...inner, properties: {}, required: [] })),
          })}
        </div>
      ) : null}
    </section>
  );
}

interface ChoicesProps {
  id: string;
  place: string;
  choices: readonly string[];
  onChoices: (choices: readonly string[]) => void;
}

function Choices({ id, place, choices, onChoices }: ChoicesProps) {
  const { nodeId, disabled } = useForm();
  const { text, problem, onText, onBlur } = useDraft({
    id: `${nodeId}/${place}/choices`,
    value: [...choices],
    format: () => choices.join("\n"),
    read: readChoices,
    onValue: (next) => onChoices(Array.isArray(next) ? next.map(String) : choices),
  });
  return (
    <div className="property-choices">
      <label htmlFor={id}>Values, one on each line</label>
      <TextArea id={id} rows={2} mono disabled={disabled} value={text} onText={onText} onBlur={onBlur} />
      <ProblemLines problems={problem === undefined ? [] : [{ severity: "error", detail: problem }]} />
    </div>
  );
}

function readChoices(text: string): Read {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length === 0) return { problem: "Give at least one value." };
  const twice = lines.find((line, index) => lines.indexOf(line) !== index);
  return twice === undefined ? { value: lines } : { problem: `"${twice}" stands twice.` };
}

function described({ description: _was, ...rest }: JsonSchema, description: string): JsonSchema {
  return description === "" ? rest : { ...rest, description };
}
