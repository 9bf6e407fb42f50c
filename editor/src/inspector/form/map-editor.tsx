import type { Json, JsonObject } from "@signalbox/shared/json";
import { Plus, X } from "lucide-react";
import { ExpressionField } from "../../expression/expression-field.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { useDraft } from "./drafts.ts";
import { problemsAt, useForm } from "./form-context.ts";
import { JsonText } from "./json-editor.tsx";
import { ProblemLines } from "./problem-lines.tsx";
import { freeKey, keyProblem, renameKey, withoutKey } from "./rows.ts";

interface MapEditorProps {
  id: string;
  place: string;
  map: JsonObject;
  onMap: (map: JsonObject) => void;
  /** What one of them is called: `value`. */
  word: string;
}

/** Named values, each a template: added, named, written, taken away. */
export function MapEditor({ id, place, map, onMap, word }: MapEditorProps) {
  const { disabled } = useForm();
  return (
    <div className="map-rows">
      {Object.entries(map).map(([name, value], index) => (
        <MapRow
          // by its place: a row that is being renamed stays the same row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
          key={index}
          id={`${id}-${index}`}
          place={place}
          map={map}
          name={name}
          value={value}
          onMap={onMap}
        />
      ))}
      {disabled ? null : (
        <Button
          size="small"
          tone="quiet"
          icon={<Plus size={13} />}
          onClick={() => onMap({ ...map, [freeKey(map, word)]: "" })}
        >
          Add {word}
        </Button>
      )}
    </div>
  );
}

interface MapRowProps extends Omit<MapEditorProps, "word"> {
  name: string;
  value: Json;
}

function MapRow({ id, place, map, name, value, onMap }: MapRowProps) {
  const { nodeId, disabled, findings } = useForm();
  const at = `${place}.${name}`;
  const { problem, text, onText, onBlur } = useDraft({
    id: `${nodeId}/${at}/name`,
    value: name,
    onValue: (next) => onMap(renameKey(map, name, typeof next === "string" ? next : name)),
    format: () => name,
    read: (next) => {
      const wrong = keyProblem(map, name, next);
      return wrong === undefined ? { value: next } : { problem: wrong };
    },
  });
  return (
    <div className="map-row" data-path={at}>
      <div className="map-row-head">
        <input
          type="text"
          aria-label="Name"
          spellCheck={false}
          autoComplete="off"
          disabled={disabled}
          value={text}
          aria-invalid={problem !== undefined}
          onChange={(event) => onText(event.target.value)}
          onBlur={onBlur}
        />
        {disabled ? null : (
          <IconButton label={`Remove ${name}`} size="small" onClick={() => onMap(withoutKey(map, name))}>
            <X size={13} />
          </IconButton>
        )}
      </div>
      {typeof value === "string" ? (
        <ExpressionField
          id={id}
          label={name}
          kind="template"
          multiline
          nodeId={nodeId}
          place={at}
          findings={findings}
          disabled={disabled}
          value={value}
          onText={(next) => onMap({ ...map, [name]: next })}
        />
      ) : (
        <JsonText
          id={id}
          label={name}
          place={at}
          rows={1}
          value={value}
          onValue={(next) => onMap({ ...map, [name]: next ?? "" })}
        />
      )}
      <ProblemLines problems={problem === undefined ? [] : [{ severity: "error", detail: problem }]} />
      <ProblemLines problems={problemsAt(findings, at, true)} />
    </div>
  );
}
