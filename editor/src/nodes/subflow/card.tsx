import { Workflow } from "lucide-react";
import { lookOf } from "../look.ts";
import { useWorkflowByKey } from "./workflows.ts";

export const subflow = lookOf("subflow", {
  icon: Workflow,
  kind: "flow",
  shape: "card",
  body: true,
  summary: ({ workflow }) => workflow ?? "No workflow yet",
  detail: ({ version }) => (version === undefined ? "" : `version ${version}`),
  Summary: ({ data: { workflow } }) => <WorkflowName workflow={workflow} />,
  open: async (id, { workflow }) => {
    // few drawings have one
    const { openSubflow } = await import("./open.ts");
    await openSubflow(id, workflow);
  },
});

/** People know a workflow by its name; the key is what is stored. */
function WorkflowName({ workflow }: { workflow: string | undefined }) {
  const found = useWorkflowByKey(workflow ?? "");
  if (workflow === undefined) return "No workflow yet";
  return found ? (
    <>
      {found.name} <code>{workflow}</code>
    </>
  ) : (
    workflow
  );
}
