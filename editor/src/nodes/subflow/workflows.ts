import type { WorkflowSummary } from "@signalbox/shared/api";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

const none: readonly WorkflowSummary[] = [];

/** The workflows there are; empty until the engine has said so. */
export function useWorkflows(): readonly WorkflowSummary[] {
  return useQuery({ queryKey: ["workflows"], queryFn: api.workflows.list }).data?.items ?? none;
}

/** The workflow that a subflow node names. */
export function useWorkflowByKey(key: string): WorkflowSummary | undefined {
  return useWorkflows().find((workflow) => workflow.key === key);
}
