import { Compartment, EditorState, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useDocument } from "../document/store.ts";
import { useCatalog } from "../problems/catalog.ts";
import { useUpstreamSamples } from "../run/hooks.ts";
import { completions, type Surroundings } from "./completions.ts";
import type { ExpressionKind } from "./expression-kind.ts";
import { closeRegions, highlight, indentWithTab, keys, type Mark, oneLine, setMarks, squiggles } from "./extensions.ts";
import { samplesFor, scopeAt } from "./language.ts";
import { Preview } from "./preview.tsx";

/** A field for the editor. */
export interface CodeEditorProps {
  id: string;
  label: string;
  kind: ExpressionKind;
  multiline: boolean;
  nodeId: string;
  place: string;
  disabled: boolean;
  marks: readonly Mark[];
  value: string;
  onText: (text: string) => void;
  /** Where to go on writing, when it takes the place of a plain field. */
  caret: { anchor: number; head: number } | undefined;
}

const editable = new Compartment();

function editability(disabled: boolean) {
  return [EditorView.editable.of(!disabled), EditorState.readOnly.of(disabled)];
}

/** The editor of expressions: colours, completion, what is wrong where, and what it gives with the last run's values. */
export function CodeEditor(props: CodeEditorProps) {
  const { id, label, kind, multiline, nodeId, place, disabled, marks, value, onText, caret } = props;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const [focused, setFocused] = useState(false);
  const catalog = useCatalog();
  const sampleOf = useUpstreamSamples();

  const surroundings = (): Surroundings => {
    const { graph } = useDocument.getState();
    const scope = scopeAt(graph, nodeId, place, catalog);
    return { scope, samples: samplesFor(graph, scope, sampleOf) };
  };
  const tell = useEffectEvent(onText);
  const ask = useEffectEvent(surroundings);
  const create = useEffectEvent((parent: HTMLElement) => {
    const history = useDocument.getState();
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: value,
        ...(caret ? { selection: caret } : {}),
        extensions: [
          ...(kind === "code" ? [indentWithTab] : [completions(kind, () => ask())]),
          ...(kind === "template" ? [closeRegions] : []),
          ...(multiline ? [] : [oneLine]),
          keys({ multiline, undo: history.undo, redo: history.redo }),
          EditorView.lineWrapping,
          highlight(kind),
          squiggles,
          editable.of(editability(disabled)),
          EditorView.contentAttributes.of({
            id,
            "aria-label": label,
            spellcheck: kind === "template" ? "true" : "false",
            ...(multiline ? {} : { "aria-multiline": "false" }),
          }),
          EditorView.updateListener.of((update) => {
            if (update.focusChanged) setFocused(update.view.hasFocus);
            const ours = update.transactions.some((one) => one.annotation(Transaction.remote) === true);
            if (update.docChanged && !ours) tell(update.state.doc.toString());
          }),
        ],
      }),
    });
    if (caret) made.focus();
    return made;
  });

  useEffect(() => {
    if (!box.current) return;
    const made = create(box.current);
    view.current = made;
    // a label focuses the platform's own controls alone
    const labels = document.querySelectorAll(`label[for="${CSS.escape(id)}"]`);
    const focus = () => made.focus();
    for (const one of labels) one.addEventListener("click", focus);
    return () => {
      for (const one of labels) one.removeEventListener("click", focus);
      made.destroy();
    };
  }, [id]);

  useEffect(() => {
    const now = view.current;
    if (!now || now.state.doc.toString() === value) return;
    // an undo, or another field that writes the same: not typed here
    now.dispatch({
      changes: { from: 0, to: now.state.doc.length, insert: value },
      selection: { anchor: Math.min(now.state.selection.main.head, value.length) },
      annotations: Transaction.remote.of(true),
    });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: editable.reconfigure(editability(disabled)) });
  }, [disabled]);

  const marksKey = JSON.stringify(marks);
  useEffect(() => {
    view.current?.dispatch({ effects: setMarks.of(JSON.parse(marksKey) as Mark[]) });
  }, [marksKey]);

  return (
    <>
      <div ref={box} className="input code-box" />
      {focused && kind !== "code" && !marks.some(({ severity }) => severity === "error") ? (
        <Preview source={value} kind={kind} surroundings={surroundings} />
      ) : null}
    </>
  );
}
