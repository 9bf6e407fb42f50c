import { Environment } from "@marcbachmann/cel-js";

/** Longest expression, in characters: a longer one already costs seconds to refuse. */
export const longestExpression = 2048;

const limits = { maxAstNodes: 400, maxDepth: 24, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 16 };

const arithmetic: readonly [string, (a: number, b: number) => number][] = [
  ["+", (a, b) => a + b],
  ["-", (a, b) => a - b],
  ["*", (a, b) => a * b],
  ["/", (a, b) => a / b],
];

/** Things that may be compared with null, as a node that did not run is null. */
const nullable = ["string", "int", "double", "bool", "list", "map"];

/**
 * The language as people write it here: CEL in which numbers of both kinds mix, so that `score + 1` and `n * 0.5` just
 * work, and everything may be compared with null.
 */
export function createEnvironment(unlistedVariablesAreDyn: boolean): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn, homogeneousAggregateLiterals: false, limits });
  for (const [left, right] of [
    ["double", "int"],
    ["int", "double"],
  ]) {
    for (const [operator, compute] of arithmetic) {
      environment.registerOperator(`${left} ${operator} ${right}`, (a, b) => compute(Number(a), Number(b)));
    }
    environment.registerOperator(`${left} % ${right}`, (a, b) => Number(a) % Number(b));
  }
  environment.registerOperator("double % double", (a, b) => Number(a) % Number(b));
  environment.registerOperator("double == int", (a, b) => Number(a) === Number(b));
  for (const type of nullable) registerNullComparison(environment, type);
  environment.registerFunction("lower(string): string", (text: string) => text.toLowerCase());
  environment.registerFunction("upper(string): string", (text: string) => text.toUpperCase());
  environment.registerFunction("trim(string): string", (text: string) => text.trim());
  return environment;
}

export function registerNullComparison(environment: Environment, type: string): void {
  environment.registerOperator(`${type} == null`, (a, b) => a === b);
}
