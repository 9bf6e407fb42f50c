import { Button } from "./button.tsx";

/** A sentence under a field, and what its button does about it. */
export interface FieldProblem {
  severity: "error" | "warning";
  detail: string;
  fix?: { label: string; apply: () => void };
}

/** What is wrong with a field, with the way out where there is one. */
export function ProblemLine({ severity, detail, fix }: FieldProblem) {
  return (
    <p className="field-problem" data-severity={severity}>
      {detail}
      {fix ? (
        <Button size="small" onClick={fix.apply}>
          {fix.label}
        </Button>
      ) : null}
    </p>
  );
}
