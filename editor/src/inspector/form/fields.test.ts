import { type NodeTypeName, nodeTypes } from "@signalbox/shared/nodes";
import { expect, test } from "vitest";
import { formFields, isShown } from "./fields.ts";
import { fieldsOfType } from "./type-fields.ts";

const names = Object.keys(nodeTypes) as NodeTypeName[];

test.each(names)("every field of %s has an editor of its own and a title", (type) => {
  for (const field of fieldsOfType(type)) {
    expect(field.editor, field.name).not.toBe("json");
    expect(field.title, field.name).not.toBe(field.name);
  }
});

test("title and comment stand in the head, hidden fields nowhere", () => {
  const shown = fieldsOfType("agent").map(({ name }) => name);
  expect(shown).not.toContain("label");
  expect(shown).not.toContain("comment");
  expect(shown).not.toContain("memory");
  expect(shown.slice(0, 4)).toEqual(["model", "instructions", "prompt", "output"]);
});

test("a union of words and a form with a number becomes choices and a variant", () => {
  const join = fieldsOfType("parallel").find(({ name }) => name === "join");
  expect(join?.editor).toBe("union");
  expect(join?.choices.map(({ value }) => value)).toEqual(["all", "any", "settled"]);
  expect(join?.variants.map(({ field }) => [field.name, field.editor])).toEqual([["count", "number"]]);
});

test("a field that matters for one mode is shown in that mode alone", () => {
  const items = fieldsOfType("parallel").find(({ name }) => name === "items");
  if (!items) throw new Error("parallel has items");
  expect(isShown(items, { mode: "forEach" })).toBe(true);
  expect(isShown(items, { mode: "lanes" })).toBe(false);
});

test("a group holds the fields of its object", () => {
  const [group] = formFields({
    type: "object",
    properties: {
      retry: { title: "Retry", type: "object", properties: { attempts: { title: "Attempts", type: "integer" } } },
    },
  });
  expect(group?.editor).toBe("group");
  expect(group?.fields.map(({ name, editor }) => [name, editor])).toEqual([["attempts", "number"]]);
});
