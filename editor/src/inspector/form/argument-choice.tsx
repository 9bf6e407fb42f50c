import type { Json } from "@signalbox/shared/json";
import { Braces } from "lucide-react";
import { useState } from "react";
import { ExpressionField } from "../../expression/expression-field.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Select } from "../../ui/field.tsx";
import type { Argument } from "./arguments.ts";
import { useForm } from "./form-context.ts";

interface ArgumentChoiceProps {
  id: string;
  place: string;
  argument: Argument;
  value: Json | undefined;
  onValue: (value: Json | undefined) => void;
}

/** One of the values that the tool allows, or a template that gives one. */
export function ArgumentChoice({ id, place, argument, value, onValue }: ArgumentChoiceProps) {
  const { nodeId, disabled, findings } = useForm();
  const { title, choices } = argument;
  const index = value === undefined ? -1 : choices.indexOf(value);
  const [wantsTemplate, setWantsTemplate] = useState(false);
  const isTemplate = wantsTemplate || (value !== undefined && index < 0);
  return (
    <div className="argument-choice">
      {isTemplate ? (
        <ExpressionField
          id={id}
          label={title}
          kind="template"
          nodeId={nodeId}
          place={place}
          findings={findings}
          disabled={disabled}
          value={typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value)}
          onText={(text) => onValue(text === "" ? undefined : text)}
        />
      ) : (
        <Select
          id={id}
          disabled={disabled}
          value={index < 0 ? "" : String(index)}
          options={[
            { value: "", label: "Not set" },
            ...choices.map((choice, at) => ({
              value: String(at),
              label: typeof choice === "string" ? choice : JSON.stringify(choice),
            })),
          ]}
          onValue={(text) => onValue(text === "" ? undefined : choices[Number(text)])}
        />
      )}
      <IconButton
        label={isTemplate ? `Choose ${title} from a list` : `Write ${title} as an expression`}
        aria-pressed={isTemplate}
        disabled={disabled}
        onClick={() => {
          setWantsTemplate(!isTemplate);
          if (isTemplate && index < 0) onValue(undefined);
        }}
      >
        <Braces size={14} />
      </IconButton>
    </div>
  );
}
