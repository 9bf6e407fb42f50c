import { GitBranch } from "lucide-react";
import { lookOf, oneLine } from "../look.ts";

export const branch = lookOf("branch", {
  icon: GitBranch,
  kind: "branch",
  shape: "diamond",
  body: false,
  summary: ({ cases = [], decide, prompt }) => {
    if (decide === "model") return oneLine(prompt) || "No prompt yet";
    return oneLine(cases.find(({ when }) => when)?.when) || "No case yet";
  },
  detail: ({ mode, decide, model, cases = [] }) => {
    if (cases.length === 0) return "no case yet";
    if (decide === "model") return model ?? "no model yet";
    return mode === "all" ? "every true case" : "first true case";
  },
  rowDetail: ({ cases = [], decide }, handle) => {
    const found = cases.find(({ id }) => id === handle);
    return oneLine(decide === "model" ? found?.description : found?.when);
  },
});
