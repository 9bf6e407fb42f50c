import type { Finding } from "@signalbox/shared/validation";
import { createContext, useContext } from "react";
import { fixFor } from "../../problems/fixes.ts";
import { isWithin, placeOf, shortDetail } from "../../problems/place.ts";
import type { FieldProblem } from "../../ui/problem-line.tsx";

/** What every field of a form may ask: whose it is, whether it may be changed, what is wrong. */
export interface FormContext {
  /** The node; the empty id is the workflow itself. */
  nodeId: string;
  disabled: boolean;
  findings: readonly Finding[];
  /** Places that must be filled. */
  required: ReadonlySet<string>;
  /** Whether an agent calls the node, and gives what is left empty. */
  isUsed: boolean;
}

const Context = createContext<FormContext>({
  nodeId: "",
  disabled: false,
  findings: [],
  required: new Set(),
  isUsed: false,
});

export const FormProvider = Context.Provider;

/** The form around a field. */
export function useForm(): FormContext {
  return useContext(Context);
}

/** What is wrong at a place; with `deep`, inside it too. */
export function problemsAt(findings: readonly Finding[], place: string, deep: boolean): FieldProblem[] {
  const here = findings.filter((finding) => (deep ? isWithin(placeOf(finding), place) : placeOf(finding) === place));
  const sentences = new Map<string, FieldProblem>();
  for (const finding of here) {
    const [detail, fix] = [shortDetail(finding), fixFor(finding)];
    if (!sentences.has(detail)) sentences.set(detail, { detail, severity: finding.severity, ...(fix ? { fix } : {}) });
  }
  return [...sentences.values()];
}
