import type { FieldProblem } from "./form-context.ts";

/** What is wrong, line by line. */
export function ProblemLines({ problems }: { problems: readonly FieldProblem[] }) {
  return problems.map(({ severity, detail }) => (
    <p key={detail} className="field-problem" data-severity={severity}>
      {detail}
    </p>
  ));
}
