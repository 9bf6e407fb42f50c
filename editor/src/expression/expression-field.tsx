import type { Finding } from "@signalbox/shared/validation";
import { type FocusEvent, useEffect, useRef, useState } from "react";
import { placeOf } from "../problems/place.ts";
import { TextArea } from "../ui/field.tsx";
import type { ExpressionKind } from "./expression-kind.ts";
import { type LoadedEditor, loadEditor, loadedEditor, preloadEditor } from "./load-editor.ts";
import "./expression.css";

interface ExpressionFieldProps {
  id: string;
  /** The accessible name of the control. */
  label: string;
  kind: ExpressionKind;
  /** Whether Enter makes a new line. */
  multiline?: boolean;
  nodeId: string;
  /** Where the field is in its node: `data.prompt`. */
  place: string;
  findings: readonly Finding[];
  disabled: boolean;
  value: string;
  onText: (text: string) => void;
}

/** A field for expressions: plain text at once, and a real editor as soon as that has been loaded. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { id, label, kind, multiline = false, nodeId, place, findings, disabled, value, onText } = props;
  // a component is a function: what is set is what gives it
  const [Editor, setEditor] = useState<LoadedEditor | undefined>(() => loadedEditor());
  const plain = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<{ anchor: number; head: number }>(undefined);
  useEffect(() => {
    if (Editor) return;
    return preloadEditor((loaded) => {
      const area = plain.current;
      // whoever writes already goes on where they are
      if (area && document.activeElement === area) {
        caret.current = { anchor: area.selectionStart, head: area.selectionEnd };
      }
      setEditor(() => loaded);
    });
  }, [Editor]);
  const onFocus = (_event: FocusEvent) => void loadEditor();
  const marks = findings.flatMap(({ severity, detail, range, ...finding }) =>
    range && placeOf(finding) === place ? [{ severity, detail, from: range.start, to: range.end }] : [],
  );
  return (
    <div className="code-field" data-kind={kind} data-multiline={multiline ? "" : undefined}>
      {Editor ? (
        <Editor
          id={id}
          label={label}
          kind={kind}
          multiline={multiline}
          nodeId={nodeId}
          place={place}
          disabled={disabled}
          marks={marks}
          value={value}
          onText={onText}
          caret={caret.current}
        />
      ) : (
        <TextArea
          ref={plain}
          id={id}
          aria-label={label}
          mono={kind !== "template"}
          rows={multiline ? (kind === "code" ? 6 : 1) : 1}
          disabled={disabled}
          value={value}
          onFocus={onFocus}
          onText={(text) => onText(multiline ? text : text.replaceAll("\n", " "))}
        />
      )}
    </div>
  );
}
