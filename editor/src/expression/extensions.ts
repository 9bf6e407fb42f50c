import { EditorState, type Extension, Prec, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { ExpressionKind } from "./expression-kind.ts";
import { regionsOf } from "./regions.ts";
import { celTokens, javascriptTokens, type Token } from "./tokens.ts";

/** A finding's place in the text. */
export interface Mark {
  severity: "error" | "warning";
  detail: string;
  from: number;
  to: number;
}

const tokenMarks = new Map<string, Decoration>();

function markOf(name: string): Decoration {
  const known = tokenMarks.get(name);
  if (known) return known;
  const made = Decoration.mark({ class: name });
  tokenMarks.set(name, made);
  return made;
}

function coloured(source: string, kind: ExpressionKind): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const put = (tokens: readonly Token[]) => {
    for (const token of tokens) builder.add(token.from, token.to, markOf(`tok-${token.kind}`));
  };
  if (kind === "code") put(javascriptTokens(source));
  else if (kind === "expression") put(celTokens(source));
  else {
    for (const { open, from, to, close } of regionsOf(source)) {
      builder.add(open, close, markOf("tok-region"));
      builder.add(open, from, markOf("tok-brace"));
      put(celTokens(source.slice(from, to), from));
      if (close > to) builder.add(to, close, markOf("tok-brace"));
    }
  }
  return builder.finish();
}

/** Colours of the expressions in the text. */
export function highlight(kind: ExpressionKind): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = coloured(view.state.doc.toString(), kind);
      }
      update({ docChanged, state }: ViewUpdate) {
        if (docChanged) this.decorations = coloured(state.doc.toString(), kind);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

/** Puts other findings under the text. */
export const setMarks = StateEffect.define<readonly Mark[]>();

/** Wavy lines under what is wrong; they move with the text until the next check. */
export const squiggles = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { changes, effects, state }) => {
    let marks = before.map(changes);
    for (const effect of effects) if (effect.is(setMarks)) marks = underlined(effect.value, state.doc.length);
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function underlined(marks: readonly Mark[], length: number): DecorationSet {
  const ranges = marks.flatMap(({ severity, detail, from, to }) => {
    const end = Math.min(Math.max(to, from + 1), length);
    const start = Math.min(from, Math.max(0, end - 1));
    if (start >= end) return [];
    return [Decoration.mark({ class: `squiggle-${severity}`, attributes: { title: detail } }).range(start, end)];
  });
  return Decoration.set(ranges, true);
}

/** Without new lines: what is pasted becomes one line. */
export const oneLine: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replaceAll(/\s*\n\s*/g, " ");
  const { head } = transaction.newSelection.main;
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: text },
    selection: { anchor: Math.min(head, text.length) },
    userEvent: "input",
  };
});

/** `{{` brings its `}}`, and a typed `}` steps over one that is there. */
export const closeRegions: Extension = EditorView.inputHandler.of((view, from, to, text) => {
  const { doc } = view.state;
  if (from !== to || view.composing) return false;
  const past = text === "}" ? pastBrace(doc.toString(), from) : undefined;
  if (past !== undefined) {
    view.dispatch({ selection: { anchor: past }, userEvent: "input.type" });
    return true;
  }
  // the space comes with the braces: who writes it too gets it once
  if (text === " " && doc.sliceString(from - 3, from + 3) === "{{  }}") return true;
  const before = doc.sliceString(Math.max(0, from - 2), from);
  if (text !== "{" || !before.endsWith("{") || before === "{{") return false;
  const isClosed = /^\s*\}\}/.test(doc.sliceString(from, from + 4));
  view.dispatch({
    changes: { from, insert: isClosed ? "{" : "{  }}" },
    selection: { anchor: from + 2 - (isClosed ? 1 : 0) },
    userEvent: "input.type",
  });
  return true;
});

/** Where a typed `}` leads that is there already; undefined where it is a new one. */
function pastBrace(text: string, at: number): number | undefined {
  const region = regionsOf(text).find(({ from, close }) => from <= at && at < close);
  if (!region || region.close === region.to || at < region.from) return undefined;
  if (at === region.to + 1) return region.close;
  const before = text.slice(region.from, at);
  const isBalanced = before.split("{").length === before.split("}").length;
  return isBalanced && text.slice(at, region.to).trim() === "" ? region.to + 1 : undefined;
}

interface Keys {
  multiline: boolean;
  undo: () => void;
  redo: () => void;
}

/** Keys that the platform does not handle for us. Undo is the document's: one history for the whole page. */
export function keys({ multiline, undo, redo }: Keys): Extension {
  const does = (act: () => void) => () => {
    act();
    return true;
  };
  return Prec.low(
    keymap.of([
      { key: "Mod-z", run: does(undo), preventDefault: true },
      { key: "Mod-Shift-z", run: does(redo), preventDefault: true },
      { key: "Mod-y", run: does(redo), preventDefault: true },
      { key: "Mod-a", run: selectAll },
      { key: "Enter", run: multiline ? newLine : () => true, shift: multiline ? newLine : () => true },
    ]),
  );
}

/** Two spaces; Escape first, and Tab leaves the field as everywhere. */
export const indentWithTab: Extension = keymap.of([
  {
    key: "Tab",
    run: (view) => {
      view.dispatch(view.state.replaceSelection("  "), { userEvent: "input" });
      return true;
    },
  },
]);

function selectAll(view: EditorView): boolean {
  view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
  return true;
}

/** A new line that begins as far in as the one before. */
function newLine(view: EditorView): boolean {
  const line = view.state.doc.lineAt(view.state.selection.main.from);
  const indent = /^[ \t]*/.exec(line.text)?.[0] ?? "";
  view.dispatch(view.state.replaceSelection(`\n${indent}`), { scrollIntoView: true, userEvent: "input" });
  return true;
}
