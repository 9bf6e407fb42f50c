import { ShieldCheck } from "lucide-react";
import { lookOf } from "../look.ts";

export const approval = lookOf("approval", {
  icon: ShieldCheck,
  kind: "people",
  shape: "tab",
  summary: ({ title }) => title ?? "No question yet",
});
