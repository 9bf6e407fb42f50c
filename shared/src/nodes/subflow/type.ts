import * as z from "zod";
import { JsonObject } from "../../json/index.ts";
import { defineNode, field } from "../define.ts";
import { templatesIn, workFields } from "../fields.ts";

export const subflow = defineNode({
  type: "subflow",
  title: "Subflow",
  summary: "Runs another workflow as one node.",
  group: "flow",
  role: "step",
  runnable: true,
  data: z.strictObject({
    ...workFields,
    workflow: z.string().max(200).optional().meta({
      title: "Workflow",
      editor: "workflow",
      description: "Named by its key, so that it is found after an import too.",
    }),
    input: JsonObject.optional().meta(field("Input", "template-map", "What it is run with.")),
    version: z.int().min(1).optional().meta({ title: "Version", editor: "workflow-version" }),
  }),
  required: () => ["workflow"],
  handles: () => [
    { id: "out", label: "" },
    { id: "error", label: "Error", tone: "bad" },
  ],
  uses: false,
  usable: false,
  expressions: ({ input }) => templatesIn(input, ["input"]),
  output: () => null,
  initial: {},
});
