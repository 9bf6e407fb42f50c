import { acceptCompletion, autocompletion, type Completion, type CompletionSource } from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type { ScopeVariable } from "@signalbox/shared/expressions";
import type { ExpressionKind } from "./expression-kind.ts";
import { regionsOf } from "./regions.ts";
import { type Samples, type Suggestion, shortValue, suggest } from "./suggest.ts";

/** What is known where the text stands: asked anew each time, as the drawing changes. */
export interface Surroundings {
  scope: readonly ScopeVariable[];
  samples: Samples;
}

/** Completion of names and members, as one writes or with Ctrl-Space. */
export function completions(kind: ExpressionKind, surroundings: () => Surroundings): Extension {
  const source: CompletionSource = ({ state, pos, explicit }) => {
    const text = state.doc.toString();
    const region =
      kind === "expression"
        ? { from: 0, to: text.length }
        : regionsOf(text).find(({ from, to }) => from <= pos && pos <= to);
    if (!region && !explicit) return null;
    const { scope, samples } = surroundings();
    if (!region) return { from: pos, options: suggest("", 0, scope, samples).options.map(wrapped), filter: false };
    const inner = text.slice(region.from, region.to);
    if (isInQuotes(inner.slice(0, pos - region.from))) return null;
    const { from, options } = suggest(inner, pos - region.from, scope, samples);
    const typed = inner.slice(from, pos - region.from);
    const asked = explicit || typed !== "" || /(?:\.|\{\{\s*)$/.test(text.slice(0, region.from + from));
    if (!asked || options.length === 0) return null;
    if (options.length === 1 && options[0]?.label === typed) return null;
    return { from: region.from + from, options: options.map(plain), validFor: /^\w*$/ };
  };
  const list = autocompletion({
    override: [source],
    icons: false,
    activateOnTypingDelay: 40,
    compareCompletions: () => 0,
    addToOptions: [{ position: 80, render: renderAside }],
  });
  return [list, Prec.high(keymap.of([{ key: "Tab", run: acceptCompletion }]))];
}

interface Option extends Completion {
  suggestion: Suggestion;
}

function plain(suggestion: Suggestion, index: number): Option {
  const { label, kind } = suggestion;
  return {
    suggestion,
    label,
    type: kind,
    // in the order in which they are given: what lies before this node first, functions last
    boost: Math.max(-99, 99 - index),
    apply: kind === "function" ? `${label}(` : label,
  };
}

/** Outside of `{{ }}`: the braces come with it. */
function wrapped(suggestion: Suggestion, index: number): Option {
  return { ...plain(suggestion, index), apply: `{{ ${suggestion.label} }}` };
}

function renderAside(completion: Completion): Node {
  const { suggestion } = completion as Option;
  const aside = document.createElement("span");
  const { sample, type, detail } = suggestion;
  aside.className = sample === undefined ? "completion-type" : "completion-sample";
  aside.textContent = sample === undefined ? (detail ?? type) : shortValue(sample, 32);
  if (detail !== undefined) aside.title = detail;
  return aside;
}

function isInQuotes(before: string): boolean {
  const bare = before.replaceAll(/\\./g, "");
  const rest = bare.replaceAll(/"[^"]*"|'[^']*'/g, "");
  return /["']/.test(rest);
}
