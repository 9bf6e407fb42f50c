import { type ReactFlowState, useStore } from "@xyflow/react";
import { Keyboard, Maximize, Minus, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { zoomBy, zoomToActual, zoomToFit } from "./camera.ts";
import { useShortcutSheet } from "./shortcut-sheet.ts";

const Shortcuts = lazy(async () => ({ default: (await import("./shortcuts-dialog.tsx")).ShortcutsDialog }));

const percentOf = ({ transform }: ReactFlowState) => Math.round(transform[2] * 100);

/** Nearer, further, all of it; and the list of keys. */
export function ZoomTools() {
  const percent = useStore(percentOf);
  const open = useShortcutSheet((state) => state.open);
  const [asked, setAsked] = useState(false);
  if (open && !asked) setAsked(true);
  return (
    <div className="zoom-tools" role="toolbar" aria-label="View">
      <IconButton label="Zoom out" shortcut="−" size="small" onClick={() => zoomBy("out")}>
        <Minus size={14} />
      </IconButton>
      <button type="button" className="zoom-percent" title="Zoom to 100 % (0)" onClick={zoomToActual}>
        {percent} %
      </button>
      <IconButton label="Zoom in" shortcut="+" size="small" onClick={() => zoomBy("in")}>
        <Plus size={14} />
      </IconButton>
      <span className="zoom-rule" />
      <IconButton label="Fit to view" shortcut="1" size="small" onClick={() => zoomToFit()}>
        <Maximize size={13} />
      </IconButton>
      <IconButton
        label="Keyboard shortcuts"
        shortcut="?"
        size="small"
        onClick={() => useShortcutSheet.setState({ open: true })}
      >
        <Keyboard size={14} />
      </IconButton>
      {asked ? (
        <Suspense>
          <Shortcuts />
        </Suspense>
      ) : null}
    </div>
  );
}
