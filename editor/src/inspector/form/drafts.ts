import type { Json } from "@signalbox/shared/json";
import { create } from "zustand";
import { useDocument } from "../../document/store.ts";

/** What a text in a field stands for, or why it stands for nothing yet. */
export type Read = { value: Json | undefined } | { problem: string };

interface Draft {
  text: string;
  /** The value in the document for which the text was written; of another value it says nothing. */
  stamp: string;
  problem: string | undefined;
}

/** Texts as they were typed, by field: what is not valid yet outlives a click elsewhere. */
const useDrafts = create<{ drafts: ReadonlyMap<string, Draft> }>(() => ({ drafts: new Map() }));

interface DraftOptions {
  /** Names the field within the workflow. */
  id: string;
  value: Json | undefined;
  format: (value: Json | undefined) => string;
  read: (text: string) => Read;
  onValue: (value: Json | undefined) => void;
}

/** A field whose text must be read before it is a value. Text that cannot be read stays, with the reason. */
export function useDraft({ id: field, value, format, read, onValue }: DraftOptions) {
  const workflow = useDocument(({ workflowId }) => workflowId);
  const id = `${workflow ?? ""}/${field}`;
  const draft = useDrafts(({ drafts }) => drafts.get(id));
  const holds = draft?.stamp === stampOf(value) ? draft : undefined;
  return {
    text: holds?.text ?? format(value),
    problem: holds?.problem,
    onText: (text: string) => {
      const result = read(text);
      const next = "value" in result ? result.value : value;
      keep(id, { text, stamp: stampOf(next), problem: "problem" in result ? result.problem : undefined });
      if ("value" in result && stampOf(result.value) !== stampOf(value)) onValue(result.value);
    },
    /** What was typed well is shown as it is stored. */
    onBlur: () => {
      if (holds && holds.problem === undefined) keep(id, undefined);
    },
  };
}

function keep(id: string, draft: Draft | undefined): void {
  const drafts = new Map(useDrafts.getState().drafts);
  if (draft) drafts.set(id, draft);
  else drafts.delete(id);
  useDrafts.setState({ drafts });
}

function stampOf(value: Json | undefined): string {
  return JSON.stringify(value) ?? "";
}

/** Any JSON. Nothing at all is no value. */
export function readJsonText(text: string): Read {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { problem: `This is no JSON yet: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** JSON as people read it. */
export function writeJsonText(value: Json | undefined): string {
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}
