import type { Json, JsonSchema } from "@signalbox/shared/json";
import { type Chance, createChance } from "./chance.ts";
import { exampleNumber } from "./numbers.ts";
import { flatten, isObject, schemasIn, typeOf } from "./schema.ts";
import { exampleText } from "./text.ts";
import { mentioned } from "./words.ts";

/** What an example is made from. `label` begins free texts, so that a reader sees that nobody wrote them. */
export interface ExampleSource {
  seed: string;
  prompt: string;
  label: string;
}

interface Making {
  source: ExampleSource;
  chance: Chance;
  root: JsonSchema;
}

const DEEPEST_OPTIONAL = 4;
const DEEPEST = 40;

/** A value that is valid for the schema, the same one for the same source; best effort where a schema is tricky. */
export function exampleOf(schema: JsonSchema, source: ExampleSource): Json {
  return make(schema, "$", 0, { source, chance: createChance(source.seed), root: schema });
}

function make(schema: JsonSchema, path: string, depth: number, making: Making): Json {
  // the way back to a leaf is the first branch; beyond any sensible depth there is only null
  const choose = (count: number) => (depth > DEEPEST_OPTIONAL ? 0 : making.chance.below(count, `${path} branch`));
  const flat = flatten(schema, making.root, choose);
  if ("const" in flat) return flat.const ?? null;
  const { enum: choices, examples } = flat;
  if (Array.isArray(choices)) return chooseOne(choices, path, making);
  if (Array.isArray(examples) && examples[0] !== undefined) return examples[0];
  if (flat.default !== undefined && flat.default !== null && flat.default !== "") return flat.default;
  if (depth > DEEPEST) return null;
  const type = typeOf(flat);
  if (type === "object") return makeObject(flat, path, depth, making);
  if (type === "array") return makeArray(flat, path, depth, making);
  if (type === "integer" || type === "number") {
    return exampleNumber(flat, type === "integer", (count) => making.chance.below(count, path));
  }
  if (type === "boolean") return making.chance.below(4, path) > 0;
  if (type === "null") return null;
  return exampleText(flat, { ...making.source, path, chance: making.chance });
}

function chooseOne(choices: Json[], path: string, { source, chance }: Making): Json {
  const texts = choices.filter((choice) => typeof choice === "string");
  const best = mentioned(texts, source.prompt);
  const candidates: Json[] = best.length > 0 ? best : choices;
  return candidates[chance.below(candidates.length, path)] ?? null;
}

function makeObject(schema: JsonSchema, path: string, depth: number, making: Making): Json {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === "string") : [];
  const optional = depth < DEEPEST_OPTIONAL ? Object.keys(properties) : [];
  const names = new Set([...optional, ...required]);
  const rest = isObject(schema.additionalProperties) ? schema.additionalProperties : {};
  const least = typeof schema.minProperties === "number" ? schema.minProperties : 0;
  for (let extra = 1; names.size < least && extra <= least; extra += 1) names.add(`field${extra}`);
  const entries = [...names].flatMap((name): [string, Json][] => {
    const property = properties[name];
    if (property === false) return [];
    return [[name, make(isObject(property) ? property : rest, `${path}.${name}`, depth + 1, making)]];
  });
  return Object.fromEntries(entries);
}

function makeArray(schema: JsonSchema, path: string, depth: number, making: Making): Json {
  const fixed = schemasIn(schema.prefixItems);
  const items = isObject(schema.items) ? schema.items : {};
  const { minItems, maxItems, uniqueItems } = schema;
  const most = typeof maxItems === "number" ? maxItems : Number.POSITIVE_INFINITY;
  const usual = depth < DEEPEST_OPTIONAL ? Math.max(2, fixed.length) : fixed.length;
  const least = typeof minItems === "number" ? minItems : 0;
  const count = Math.min(Math.max(least, Math.min(usual, most)), 1000);
  const values: Json[] = [];
  const seen = new Set<string>();
  // more tries than items: equal ones are thrown away where they must differ
  for (let at = 0; values.length < count && at < count * 10; at += 1) {
    const value = make(fixed[values.length] ?? items, `${path}[${at}]`, depth + 1, making);
    const text = JSON.stringify(value);
    if (uniqueItems === true && seen.has(text)) continue;
    seen.add(text);
    values.push(value);
  }
  const enumerated = Array.isArray(items.enum) && uniqueItems === true ? items.enum : [];
  for (const value of enumerated) {
    if (values.length >= least || seen.has(JSON.stringify(value))) continue;
    values.push(value);
  }
  return values;
}
