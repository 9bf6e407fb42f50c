import { ShieldCheck } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const approval = lookOf("approval", {
  icon: ShieldCheck,
  kind: "people",
  shape: "tab",
  body: true,
  summary: ({ title }) => oneLine(title) || "No question yet",
  detail: ({ dueIn }) => (dueIn === undefined ? "" : `due in ${dueIn}`),
});
