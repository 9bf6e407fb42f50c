import * as z from "zod";
import { Json } from "../../json/index.ts";
import { defineNode, field } from "../define.ts";
import { instantFields, templatesIn } from "../fields.ts";

export const end = defineNode({
  type: "end",
  title: "End",
  summary: "Ends its path and gives the run its output.",
  group: "flow",
  role: "exit",
  runnable: true,
  data: z.strictObject({
    ...instantFields,
    output: Json.optional().meta(
      field("Output", "template-json", "Text or an object. Write {{ node.field }} to take a value from before."),
    ),
    terminate: z
      .boolean()
      .optional()
      .meta({ title: "Ends the whole run", description: "Cancels whatever else is still running." }),
  }),
  required: () => [],
  handles: () => [],
  uses: false,
  usable: false,
  expressions: ({ output }) => templatesIn(output, ["output"]),
  output: () => null,
  initial: {},
});
