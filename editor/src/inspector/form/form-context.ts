import type { Finding } from "@signalbox/shared/validation";
import { createContext, useContext } from "react";
import { isWithin, placeOf, shortDetail } from "../../problems/place.ts";

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

/** A sentence under a field. */
export interface FieldProblem {
  severity: "error" | "warning";
  detail: string;
}

/** What is wrong at a place; with `deep`, inside it too. */
export function problemsAt(findings: readonly Finding[], place: string, deep: boolean): FieldProblem[] {
  const here = findings.filter((finding) => (deep ? isWithin(placeOf(finding), place) : placeOf(finding) === place));
  const sentences = new Map(here.map((finding) => [shortDetail(finding), finding.severity]));
  return [...sentences].map(([detail, severity]) => ({ detail, severity }));
}
