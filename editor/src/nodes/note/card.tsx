import { StickyNote } from "lucide-react";
import { firstLine, lookOf } from "../look.ts";

export const note = lookOf("note", {
  icon: StickyNote,
  kind: "data",
  shape: "card",
  body: false,
  summary: ({ text }) => firstLine(text),
});
