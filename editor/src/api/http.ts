import type * as z from "zod";
import { problemOf } from "./problem.ts";

const root = "/api/v1";

interface Ask {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  query?: Readonly<Record<string, string | number | undefined>>;
}

/** Asks the engine; its answer is parsed here and trusted after. Throws ApiProblem, or TypeError when nobody answers. */
export async function ask<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  options: Ask = {},
): Promise<z.infer<Schema>> {
  return schema.parse(await askAny(path, options));
}

/** Asks for something without an answer. */
export async function tell(path: string, options: Ask = {}): Promise<void> {
  await askAny(path, options);
}

async function askAny(path: string, { method = "GET", body, query = {} }: Ask): Promise<unknown> {
  const answer = await fetch(addressOf(path, query), {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const said: unknown = text === "" ? null : readJson(text);
  if (!answer.ok) throw problemOf(answer.status, said);
  return said;
}

/** Where something of the engine's is, for links. */
export function addressOf(path: string, query: NonNullable<Ask["query"]> = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as [string, string]],
  );
  const search = new URLSearchParams(given).toString();
  return `${root}${path}${search === "" ? "" : `?${search}`}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
