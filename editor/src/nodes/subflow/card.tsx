import { Workflow } from "lucide-react";
import { lookOf } from "../look.ts";

export const subflow = lookOf("subflow", {
  icon: Workflow,
  kind: "flow",
  shape: "card",
  body: true,
  summary: ({ workflow }) => workflow ?? "No workflow yet",
});
