import { Braces } from "lucide-react";
import { lookOf } from "../look.ts";

export const set = lookOf("set", {
  icon: Braces,
  kind: "data",
  shape: "card",
  summary: ({ values = {} }) => Object.keys(values).join(", ") || "No values yet",
});
