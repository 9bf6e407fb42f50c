import { GitBranch } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const branch = lookOf("branch", {
  icon: GitBranch,
  kind: "branch",
  shape: "diamond",
  body: false,
  summary: ({ cases = [] }) => oneLine(cases.find(({ when }) => when)?.when) || "No case yet",
  detail: ({ mode, cases = [] }) =>
    cases.length === 0 ? "no case yet" : mode === "all" ? "every true case" : "first true case",
  rowDetail: ({ cases = [] }, handle) => oneLine(cases.find(({ id }) => id === handle)?.when),
});
