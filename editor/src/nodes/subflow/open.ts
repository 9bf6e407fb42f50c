import { api, sentenceOf } from "../../api/client.ts";
import { navigate } from "../../router/location.ts";
import { runView } from "../../run/hooks.ts";
import { toast } from "../../ui/toast.tsx";

/** Goes to what a subflow node runs: in a run the run it has made, else the workflow to be drawn. */
export async function openSubflow(nodeId: string, key: string | undefined): Promise<void> {
  const { latest, activations } = runView.node(nodeId);
  const child = (latest?.child ?? activations.findLast((one) => one.child)?.child)?.run;
  if (child !== undefined) {
    navigate(`/runs/${child}`);
    return;
  }
  if (key === undefined) {
    toast("No workflow is chosen for this step yet.");
    return;
  }
  try {
    const { items } = await api.workflows.list();
    const found = items.find((workflow) => workflow.key === key);
    if (found) navigate(`/workflows/${found.id}`);
    else toast(`There is no workflow "${key}".`, { tone: "error" });
  } catch (error) {
    toast(sentenceOf(error), { tone: "error" });
  }
}
