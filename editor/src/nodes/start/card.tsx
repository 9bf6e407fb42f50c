import { Play } from "lucide-react";
import { lookOf } from "../look.ts";

export const start = lookOf("start", {
  icon: Play,
  kind: "flow",
  shape: "pill",
  body: false,
  summary: () => "Takes the input",
});
