import { parseGraph, writeGraph } from "@signalbox/shared/graph";
import { replaceGraph } from "../document/commands.ts";
import { doubledIds } from "../document/ids.ts";
import { useDocument } from "../document/store.ts";
import { toast } from "../ui/toast.tsx";

/** Gives the graph to the person as a file: the same text that git would hold. */
export function exportGraph(): void {
  const { graph, key } = useDocument.getState();
  const address = URL.createObjectURL(new Blob([writeGraph(graph)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${key || "workflow"}.json`;
  link.click();
  // the download has its own hold on the data once it has begun
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Puts a file's graph in place of the drawing. What is no graph is refused with every reason, and nothing changes. */
export async function importGraph(file: File): Promise<void> {
  const text = await file.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    toast(`${file.name} is not JSON, so nothing was imported.`, { tone: "error", details: [why] });
    return;
  }
  const read = parseGraph(value);
  const problems = "problems" in read ? read.problems : doubledIds(read.graph);
  if ("problems" in read || problems.length > 0) {
    toast(`${file.name} is not a Signalbox graph, so nothing was imported.`, {
      tone: "error",
      sticky: true,
      details: problems.map(({ path, detail }) => (path === "" ? detail : `${path}: ${detail}`)),
    });
    return;
  }
  replaceGraph(read.graph, `Import ${file.name}`);
  toast(`${file.name} is on the canvas.`, {
    actions: [{ label: "Undo", onSelect: () => useDocument.getState().undo() }],
  });
}
