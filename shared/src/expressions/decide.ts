import type { ASTNode } from "@marcbachmann/cel-js";
import { compile } from "./compile.ts";
import { evaluateExpression } from "./evaluate.ts";
import { nearest } from "./nearest.ts";
import { memberOf } from "./references.ts";
import { type ScopeVariable, schemaAt } from "./scope-variable.ts";
import { cutDown, type Demand, type Literal, possible, saidOf } from "./values.ts";

/** Why a condition can never be true, with the part of it at fault. */
export interface Impossible {
  detail: string;
  start: number;
  end: number;
  /** What was probably meant in place of that part. */
  instead?: string;
}

/** Several demands that must hold together; what nobody can judge beforehand is `null`. */
type Together = readonly (Demand | null)[];

/** More ways to be true than this are not looked at. */
const mostWays = 64;
const noValues = new Map<string, never>();

/**
 * What a sound condition comes to, as far as it is known before a run: always true, or never, and why. It knows
 * constants, the values and bounds that schemas declare, and demands that exclude each other.
 */
export function decide(source: string, scope: readonly ScopeVariable[]): "always" | Impossible | undefined {
  const { ast, references } = compile(source);
  if (!ast) return undefined;
  if (references.length === 0) {
    const value = constantOf(source);
    if (value === true) return "always";
    return value === false ? { detail: "It is always false.", start: 0, end: source.length } : undefined;
  }
  const ways = waysTo(ast, true, source);
  if (ways === undefined) return undefined;
  if (ways.some((way) => way.length === 0)) return "always";
  const barred = ways.map((way) => impossibleIn(way, scope, source));
  if (barred.some((one) => one === undefined)) return undefined;
  // a misspelled value is what can be mended
  return (
    barred.find((one) => one?.instead !== undefined) ??
    barred[0] ?? { detail: "It is always false.", start: 0, end: source.length }
  );
}

/** Every way in which a condition comes to be `wanted`; undefined where there are too many. */
function waysTo(node: ASTNode, wanted: boolean, source: string): Together[] | undefined {
  if (node.op === "!_") return waysTo(node.args, !wanted, source);
  if (node.op === "&&" || node.op === "||") {
    const [left, right] = node.args.map((side) => waysTo(side, wanted, source));
    if (!left || !right) return undefined;
    const isBoth = (node.op === "&&") === wanted;
    const ways = isBoth ? left.flatMap((one) => right.map((other) => [...one, ...other])) : [...left, ...right];
    return ways.length > mostWays ? undefined : ways;
  }
  const constant = node.op === "value" ? node.args : constantOf(textOf(node, source));
  if (typeof constant === "boolean") return constant === wanted ? [[]] : [];
  return [[demandOf(node, wanted, source)]];
}

function demandOf(node: ASTNode, wanted: boolean, source: string): Demand | null {
  const place = { start: node.range.start, end: node.range.end, text: sayable(textOf(node, source)) };
  const member = memberOf(node);
  if (member) return { ...member, ...place, kind: "is", not: !wanted, values: [{ value: true, ...place }] };
  if (node.op === "==" || node.op === "!=") {
    const [left, right] = node.args;
    const found = memberOf(left) ?? memberOf(right);
    const literal = literalOf(memberOf(left) ? right : left);
    if (!found || !literal) return null;
    return { ...found, ...place, kind: "is", not: (node.op === "!=") === wanted, values: [literal] };
  }
  if (node.op === "in") {
    const [left, right] = node.args;
    const found = memberOf(left);
    if (!found || right.op !== "list") return null;
    const values = right.args.map(literalOf);
    if (!values.every((value) => value !== undefined)) return null;
    return { ...found, ...place, kind: "is", not: !wanted, values };
  }
  if (node.op === "<" || node.op === "<=" || node.op === ">" || node.op === ">=") {
    const [left, right] = node.args;
    const isFirst = memberOf(left) !== undefined;
    const found = memberOf(left) ?? memberOf(right);
    const limit = literalOf(isFirst ? right : left)?.value;
    if (!found || typeof limit !== "number") return null;
    const isBelow = node.op.startsWith("<") === isFirst;
    const withLimit = node.op.endsWith("=");
    // what is not below is at least that, which holds for numbers and for nothing else
    return {
      ...found,
      ...place,
      kind: isBelow === wanted ? "below" : "above",
      limit,
      withLimit: withLimit === wanted,
    };
  }
  return null;
}

/** A text, number or truth that is written out. Null is none: whatever did not run is null. */
function literalOf(node: ASTNode): Literal | undefined {
  if (node.op === "-_") {
    const inner = literalOf(node.args);
    return typeof inner?.value === "number" ? { ...inner, value: -inner.value } : undefined;
  }
  if (node.op !== "value") return undefined;
  const { start, end } = node.range;
  const value: unknown = typeof node.args === "bigint" ? Number(node.args) : node.args;
  const isLiteral = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isLiteral ? { value, start, end } : undefined;
}

/** The first demand of a way that leaves nothing that could be. */
function impossibleIn(way: Together, scope: readonly ScopeVariable[], source: string): Impossible | undefined {
  const demands = way.filter((one) => one !== null);
  const groups = Map.groupBy(demands, ({ name, path }) => [name, ...path].join("."));
  for (const [member, group] of groups) {
    const [{ name, path } = { name: "", path: [] }] = group;
    const declared = possible(schemaAt(scope, name, path));
    let left = declared;
    for (const [index, demand] of group.entries()) {
      left = cutDown(left, demand);
      if (!left.isEmpty) continue;
      const { start, end, text } = demand;
      if (!cutDown(declared, demand).isEmpty) {
        const others = group.slice(0, index).map((other) => other.text);
        return { detail: `${[...new Set(others), text].join(" and ")} are never true together.`, start, end };
      }
      return misspelled(demand, declared.values, member, source) ?? neverTrue(demand, member, saidOf(declared));
    }
  }
  return undefined;
}

function neverTrue({ text, start, end }: Demand, member: string, is: string): Impossible {
  return { detail: `${text} is never true${is === "" ? "" : `: ${member} is ${is}`}.`, start, end };
}

/** A text that is none of the values, and is like one of them. */
function misspelled(
  demand: Demand,
  values: readonly unknown[] | undefined,
  member: string,
  source: string,
): Impossible | undefined {
  const known = (values ?? []).filter((value) => typeof value === "string");
  if (demand.kind !== "is" || demand.not || known.length === 0) return undefined;
  const texts = demand.values.flatMap(({ value, ...place }) =>
    typeof value === "string" ? [{ value, ...place }] : [],
  );
  const [first] = texts;
  if (!first) return undefined;
  const near = texts.flatMap((one) => {
    const close = nearest(one.value, known);
    return close === undefined ? [] : [{ ...one, close }];
  })[0];
  const { value, start, end } = near ?? first;
  const quoted = known.slice(0, 8).map((one) => JSON.stringify(one));
  const more = known.length > quoted.length ? ", …" : "";
  const detail = `${member} is never ${JSON.stringify(value)}: it is ${quoted.join(" or ")}${more}.`;
  if (near === undefined) return { detail, start, end };
  const quote = source[start] === "'" ? "'" : '"';
  const mended = JSON.stringify(near.close).slice(1, -1);
  const isPlain = mended === near.close && !mended.includes("'");
  return {
    detail: `${detail} Did you mean ${JSON.stringify(near.close)}?`,
    start,
    end,
    ...(isPlain ? { instead: `${quote}${near.close}${quote}` } : {}),
  };
}

/** A text that names nothing, worked out; undefined where it is none, or fails. */
function constantOf(text: string): unknown {
  const { run, references } = compile(text);
  if (!run || references.length > 0) return undefined;
  try {
    return evaluateExpression(text, noValues);
  } catch {
    return undefined;
  }
}

function textOf({ range }: ASTNode, source: string): string {
  return source.slice(range.start, range.end);
}

/** The library's places leave out brackets at the ends; a text with half of a pair says nothing to people. */
function sayable(text: string): string {
  return text.split("(").length === text.split(")").length ? text : "This";
}
