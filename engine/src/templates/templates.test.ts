import { readFile } from "node:fs/promises";
import { writeGraph } from "@signalbox/shared/graph";
import { validateGraph } from "@signalbox/shared/validation";
import { expect, test } from "vitest";
import { templates } from "./templates.ts";

test.each(templates)("the template $name has no findings and is written in the one way", async ({ id, graph }) => {
  expect(validateGraph(graph)).toEqual([]);
  const text = await readFile(new URL(`./${id}/graph.json`, import.meta.url), "utf8");
  expect(writeGraph(graph)).toBe(text);
});
