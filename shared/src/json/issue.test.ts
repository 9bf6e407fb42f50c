import { expect, test } from "vitest";
import * as z from "zod";
import { issueSentence } from "./issue.ts";

const sentences = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues.map(issueSentence);

test.each<[z.ZodType, unknown, string]>([
  [z.object({ name: z.string() }), {}, "This is missing; it must be text."],
  [z.string(), 3, "This must be text."],
  [z.array(z.string()), {}, "This must be a list."],
  [z.int(), 1.5, "This must be a whole number."],
  [z.literal("signalbox.graph/1"), "x", 'This must be "signalbox.graph/1".'],
  [z.enum(["yes", "no"]), "x", 'This must be "yes" or "no".'],
  [z.string().max(2), "abc", "This must have at most 2 characters."],
  [z.string().min(1), "", "This must have at least 1 characters."],
  [z.number().min(3), 1, "This must be at least 3."],
  [z.string().regex(/a/, "Begin with an a."), "b", "Begin with an a."],
  [z.string().regex(/a/), "b", "This does not have the form that is wanted here."],
])("a value that does not fit %# is told in a sentence", (schema, value, sentence) => {
  expect(sentences(schema, value)).toEqual([sentence]);
});
