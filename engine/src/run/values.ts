import { evaluateExpression, referencesOf, renderTemplate } from "@signalbox/shared/expressions";
import type { Json } from "@signalbox/shared/json";
import { namedValue, type Run } from "@signalbox/shared/run";
import type { Values } from "../nodes/runner.ts";

/** What names stand for in a scope of this run. Only what an expression names is ever looked up. */
export function valuesIn(run: Run, scope: string, locals: Readonly<Record<string, Json>> = {}): Values {
  const named = (source: string, kind: "expression" | "template") => {
    const found = new Map<string, Json>();
    for (const { name } of referencesOf(source, kind)) {
      const value = Object.hasOwn(locals, name) ? locals[name] : namedValue(run, name, scope);
      if (value !== undefined) found.set(name, value);
    }
    return found;
  };
  const template = (source: string) => renderTemplate(source, named(source, "template"));
  const deep = (value: Json): Json => {
    if (typeof value === "string") return template(value);
    if (Array.isArray(value)) return value.map(deep);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item)]));
  };
  return { expression: (source) => evaluateExpression(source, named(source, "expression")), template, deep };
}
