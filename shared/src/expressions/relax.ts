import type { ASTNode, Environment } from "@marcbachmann/cel-js";
import { childrenOf } from "./ast.ts";

/** Text that was put in, so that a place in the new text can be told as a place in the old one. */
interface Insertion {
  at: number;
  length: number;
}

/** An expression as it is checked and run, with the way back to what was written. */
export interface Relaxed {
  text: string;
  /** A place in `text` as a place in what was written. */
  placeOf: (place: number) => number;
}

const mostRounds = 16;
const open = "dyn(";

/**
 * JSON has one kind of number and lists of anything, so `has(a.b) ? a.b : ""` and `score in [1, 2]` are plain to whoever
 * writes them; the language wants one type on both sides. Where only that is in the way, one side is made to be of any
 * type. Everything else is left as strict as it was.
 */
export function relax(source: string, environment: Environment): Relaxed {
  // to check costs; most expressions hold neither
  if (!/\?|\bin\b/.test(source)) return { text: source, placeOf: (place) => place };
  let text = source;
  const insertions: Insertion[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const { error } = environment.check(text);
    const place = error === undefined ? undefined : looseEnd(error, text, environment);
    if (!place) break;
    const [from, to] = place;
    text = `${text.slice(0, from)}${open}${text.slice(from, to)})${text.slice(to)}`;
    insertions.push({ at: from, length: open.length }, { at: to + open.length, length: 1 });
  }
  return { text, placeOf: (place) => insertions.reduceRight(before, place) };
}

function before(place: number, { at, length }: Insertion): number {
  return place <= at ? place : Math.max(at, place - length);
}

/** What is to be of any type so that the two sides go together. */
function looseEnd(error: Error, text: string, environment: Environment): [number, number] | undefined {
  const code: unknown = Reflect.get(error, "code");
  const summary: unknown = Reflect.get(error, "summary");
  const range: unknown = Reflect.get(error, "range");
  const isChoice = code === "incompatible_ternary_branches";
  const isMember = /^no such overload: (int in list<double>|double in list<int>)/.test(String(summary));
  if (!(isChoice || isMember) || range === null || typeof range !== "object") return undefined;
  const [start, end] = [Reflect.get(range, "start"), Reflect.get(range, "end")];
  const node = nodeAt(environment.parse(text).ast, isChoice ? "?:" : "in", Number(start), Number(end));
  if (node?.op === "?:") {
    const [condition, , otherwise] = node.args;
    return [text.indexOf("?", condition.range.end) + 1, text.lastIndexOf(":", otherwise.range.start)];
  }
  if (node?.op === "in") {
    const [value, list] = node.args;
    return [value.range.start, text.lastIndexOf("in", list.range.start - 1)];
  }
  return undefined;
}

/** The node of this kind that stands here. */
function nodeAt(node: ASTNode, op: "?:" | "in", start: number, end: number): ASTNode | undefined {
  if (node.op === op && node.range.start === start && node.range.end === end) return node;
  for (const child of childrenOf(node)) {
    const found = nodeAt(child, op, start, end);
    if (found) return found;
  }
  return undefined;
}
