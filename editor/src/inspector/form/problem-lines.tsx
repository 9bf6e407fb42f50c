import { type FieldProblem, ProblemLine } from "../../ui/problem-line.tsx";

/** What is wrong, line by line. */
export function ProblemLines({ problems }: { problems: readonly FieldProblem[] }) {
  return problems.map((problem) => <ProblemLine key={problem.detail} {...problem} />);
}
