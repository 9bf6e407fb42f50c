import { writeGraph } from "@signalbox/shared/graph";
import { validateGraph } from "@signalbox/shared/validation";
import { expect, test } from "vitest";
import { templates } from "./templates.ts";

test.each(templates)("the template $name has no findings and is written in the one way", ({ graph }) => {
  expect(validateGraph(graph)).toEqual([]);
  expect(JSON.parse(writeGraph(graph))).toEqual(graph);
});
