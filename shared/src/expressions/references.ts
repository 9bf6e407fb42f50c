import type { ASTNode } from "@marcbachmann/cel-js";
import { childrenOf } from "./ast.ts";

/** A name an expression takes from outside, and the members of it. */
export interface Reference {
  name: string;
  path: readonly string[];
  start: number;
  end: number;
  /** Whether it is asked for with `has`, or compared with null, before it is used. */
  guarded: boolean;
}

const loops = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** Every name of an expression that is not its own loop variable. */
export function readReferences(root: ASTNode): Reference[] {
  const found: Reference[] = [];
  const guards = new Set<string>();
  visit(root, new Set());
  return found.map((reference) => ({ ...reference, guarded: reference.guarded || isGuarded(reference, guards) }));

  function visit(node: ASTNode, own: ReadonlySet<string>, inHas = false): void {
    const member = memberOf(node);
    if (member) {
      if (own.has(member.name)) return;
      found.push({ ...member, start: node.range.start, end: node.range.end, guarded: inHas });
      if (inHas) guards.add([member.name, ...member.path].join("."));
      return;
    }
    if ((node.op === "==" || node.op === "!=") && node.args.some(isNull)) {
      for (const side of node.args) {
        const compared = memberOf(side);
        if (compared) guards.add([compared.name, ...compared.path].join("."));
      }
    }
    if (node.op === "rcall" && loops.has(node.args[0])) {
      visit(node.args[1], own);
      const [variable, ...bodies] = node.args[2];
      const inner = new Set(own);
      if (variable?.op === "id") inner.add(variable.args);
      for (const body of bodies) visit(body, inner);
      return;
    }
    const has = node.op === "call" && node.args[0] === "has";
    for (const child of childrenOf(node)) visit(child, own, has);
  }
}

function isGuarded({ name, path }: Reference, guards: ReadonlySet<string>): boolean {
  for (let length = 0; length <= path.length; length += 1) {
    if (guards.has([name, ...path.slice(0, length)].join("."))) return true;
  }
  return false;
}

function isNull(node: ASTNode): boolean {
  return node.op === "value" && node.args === null;
}

/** `a.b.c` or `a["b"]` as a name and its members. */
export function memberOf(node: ASTNode): { name: string; path: string[] } | undefined {
  if (node.op === "id") return { name: node.args, path: [] };
  if (node.op === ".") {
    const of = memberOf(node.args[0]);
    return of && { name: of.name, path: [...of.path, node.args[1]] };
  }
  if (node.op === "[]") {
    const [object, key] = node.args;
    const of = key.op === "value" && typeof key.args === "string" ? memberOf(object) : undefined;
    return of && key.op === "value" ? { name: of.name, path: [...of.path, String(key.args)] } : undefined;
  }
  return undefined;
}
