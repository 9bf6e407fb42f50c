import * as z from "zod";
import { defineNode, field, inForm } from "../define.ts";
import { remarkFields } from "../fields.ts";

export const note = defineNode({
  type: "note",
  title: "Note",
  summary: "Words on the canvas, in Markdown. It never runs.",
  group: "canvas",
  role: "remark",
  runnable: true,
  data: z.strictObject({
    ...remarkFields,
    text: z.string().max(20_000).optional().meta(field("Text", "markdown")),
    color: z
      .enum(["yellow", "blue", "green", "pink", "grey"])
      .optional()
      .meta(
        inForm(
          { title: "Colour" },
          { labels: { yellow: "Yellow", blue: "Blue", green: "Green", pink: "Pink", grey: "Grey" } },
        ),
      ),
  }),
  required: () => [],
  handles: () => [],
  uses: false,
  usable: false,
  expressions: () => [],
  output: () => null,
  initial: { text: "A note" },
});
