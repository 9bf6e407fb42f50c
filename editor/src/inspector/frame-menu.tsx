import { FolderInput } from "lucide-react";
import { framesFor, moveIntoFrame } from "../document/into-frame.ts";
import { useDocument } from "../document/store.ts";
import { Menu } from "../ui/menu.tsx";

/** Moves nodes into a frame or out of one without dragging; nothing where there is no other place to be. */
export function FrameMenu({ ids }: { ids: readonly string[] }) {
  const graph = useDocument((state) => state.graph);
  const choices = framesFor(graph, ids);
  if (choices.length === 0) return null;
  return (
    <span data-menu="frames">
      <Menu
        label="Move to another frame"
        items={choices.map(({ frame, label }) => ({
          key: frame ?? "",
          label,
          onSelect: () => moveIntoFrame(ids, frame),
        }))}
      >
        <FolderInput size={14} />
      </Menu>
    </span>
  );
}
