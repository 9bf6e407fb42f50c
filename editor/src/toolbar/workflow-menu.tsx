import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, Copy, FilePlus2, LayoutTemplate, Trash2 } from "lucide-react";
import { useState } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { renameWorkflow } from "../document/commands.ts";
import { saveNow } from "../document/save.ts";
import { useDocument } from "../document/store.ts";
import { navigate } from "../router/location.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";
import { toast } from "../ui/toast.tsx";
import { newWorkflowGraph } from "./new-workflow.ts";

/** The workflow's name, to be changed in place, and the way to the others. */
export function WorkflowMenu() {
  const graphName = useDocument(({ graph }) => graph.name);
  const id = useDocument(({ workflowId }) => workflowId);
  const [removing, setRemoving] = useState(false);
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["workflows"], queryFn: api.workflows.list });
  const templates = useQuery({ queryKey: ["templates"], queryFn: api.templates.list });

  const make = async (made: Promise<{ id: string }>) => {
    try {
      const workflow = await made;
      await queries.invalidateQueries({ queryKey: ["workflows"] });
      navigate(`/workflows/${workflow.id}`);
    } catch (error) {
      toast(sentenceOf(error), { tone: "error" });
    }
  };
  const others: MenuItem[] = (list.data?.items ?? [])
    .filter((workflow) => workflow.id !== id)
    .slice(0, 12)
    .map((workflow) => ({
      key: workflow.id,
      label: workflow.name,
      onSelect: () => navigate(`/workflows/${workflow.id}`),
    }));
  const items: MenuItem[] = [
    ...others,
    {
      key: "new",
      label: "New workflow",
      icon: <FilePlus2 size={14} />,
      onSelect: () => void make(api.workflows.create("Untitled", newWorkflowGraph("Untitled"))),
    },
    ...(templates.data ?? []).map((template) => ({
      key: `template ${template.id}`,
      label: `New from “${template.name}”`,
      icon: <LayoutTemplate size={14} />,
      onSelect: () => void make(api.templates.instantiate(template.id)),
    })),
    {
      key: "duplicate",
      label: "Duplicate this workflow",
      icon: <Copy size={14} />,
      onSelect: () => {
        const { graph } = useDocument.getState();
        void make(api.workflows.create(`${graph.name.slice(0, 195)} copy`, graph));
      },
    },
    {
      key: "remove",
      label: "Delete this workflow …",
      icon: <Trash2 size={14} />,
      danger: true,
      onSelect: () => setRemoving(true),
    },
  ];
  const remove = async () => {
    setRemoving(false);
    if (id === undefined) return;
    try {
      await saveNow();
      await api.workflows.remove(id);
      await queries.invalidateQueries({ queryKey: ["workflows"] });
      navigate("/");
    } catch (error) {
      toast(sentenceOf(error), { tone: "error" });
    }
  };
  return (
    <>
      <NameField key={id} name={graphName} />
      <Menu label="Workflows" items={items}>
        <ChevronDown size={15} />
      </Menu>
      <Dialog
        title="Delete this workflow?"
        open={removing}
        onClose={() => setRemoving(false)}
        actions={
          <>
            <Button onClick={() => setRemoving(false)}>Keep it</Button>
            <Button tone="danger" onClick={() => void remove()}>
              Delete workflow
            </Button>
          </>
        }
      >
        <p>“{graphName}” and its published versions are deleted. Its past runs stay in the list of runs.</p>
      </Dialog>
    </>
  );
}

function NameField({ name }: { name: string }) {
  const [text, setText] = useState<string>();
  const leave = () => {
    if (text?.trim()) renameWorkflow(text.trim().slice(0, 200));
    setText(undefined);
  };
  return (
    <input
      className="workflow-name"
      aria-label="Workflow name"
      value={text ?? name}
      size={Math.max(6, Math.min(28, (text ?? name).length))}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setText(undefined);
      }}
    />
  );
}
