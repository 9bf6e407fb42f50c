import { expect, test } from "vitest";
import { argumentsOf, unknownArguments } from "./arguments.ts";

const schema = {
  type: "object",
  properties: {
    method: { title: "Method", enum: ["GET", "POST"] },
    url: { type: "string", title: "URL" },
    headers: { type: "object", additionalProperties: { type: "string" } },
    body: {},
    acceptStatus: { type: "array" },
    timeoutMs: { type: "integer" },
    once: { type: "boolean" },
    code: { type: "string" },
  },
  required: ["url"],
  additionalProperties: false,
};

test("a tool's arguments come with what it must have first, each with a fitting control", () => {
  expect(argumentsOf(schema).map(({ name, kind }) => [name, kind])).toEqual([
    ["url", "text"],
    ["method", "choice"],
    ["headers", "map"],
    ["body", "any"],
    ["acceptStatus", "list"],
    ["timeoutMs", "number"],
    ["once", "choice"],
    ["code", "code"],
  ]);
});

test("what the tool does not take is named, unless it takes anything", () => {
  expect(unknownArguments(schema, { url: "x", agent: 1 })).toEqual(["agent"]);
  expect(unknownArguments({ ...schema, additionalProperties: true }, { agent: 1 })).toEqual([]);
});
