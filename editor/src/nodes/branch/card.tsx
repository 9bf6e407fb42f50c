import { GitBranch } from "lucide-react";
import { lookOf } from "../look.ts";

export const branch = lookOf("branch", {
  icon: GitBranch,
  kind: "branch",
  shape: "diamond",
  summary: ({ cases = [] }) => cases.find(({ when }) => when)?.when ?? "No case yet",
});
