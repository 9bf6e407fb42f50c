import { Braces } from "lucide-react";
import { lookOf } from "../look.ts";

export const set = lookOf("set", {
  icon: Braces,
  kind: "data",
  shape: "card",
  body: true,
  summary: ({ values = {} }) => Object.keys(values).join(", ") || "No values yet",
});
