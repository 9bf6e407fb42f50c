import { PanelLeft } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { Canvas } from "../canvas/canvas.tsx";
import { DockHandle } from "../dock/dock-handle.tsx";
import { useDocument } from "../document/store.ts";
import { Palette } from "../palette/palette.tsx";
import { useFindingCounts } from "../problems/store.ts";
import { useRunOpen } from "../run/hooks.ts";
import { useRunForm } from "../toolbar/start-run.ts";
import { IconButton } from "../ui/button.tsx";
import { Tabs } from "../ui/tabs.tsx";
import "./workbench.css";

// the canvas is there first; what stands around it follows at once
const Inspector = lazy(() => import("../inspector/inspector.tsx").then((part) => ({ default: part.Inspector })));
const ProblemsList = lazy(() =>
  import("../problems/problems-list.tsx").then((part) => ({ default: part.ProblemsList })),
);
const RunDock = lazy(() => import("../dock/run-dock.tsx").then((part) => ({ default: part.RunDock })));

interface WorkbenchProps {
  /** Given where the run may be taken off the canvas. */
  onCloseRun?: () => void;
}

type Side = "nodes" | "problems";

/** Palette, canvas, inspector, and the run under them. */
export function Workbench({ onCloseRun }: WorkbenchProps) {
  const readOnly = useDocument((state) => state.readOnly);
  const runOpen = useRunOpen();
  const [side, setSide] = useState<Side>("nodes");
  const [showsSide, setShowsSide] = useState(() => window.innerWidth >= 1100);
  const counts = useFindingCounts();
  useEffect(() => {
    const showProblems = () => {
      setSide("problems");
      setShowsSide(true);
    };
    useRunForm.setState({ showProblems });
  }, []);
  const badge =
    counts.error + counts.warning > 0 ? (
      <span className="count-badge" data-severity={counts.error > 0 ? "error" : "warning"}>
        {counts.error + counts.warning}
      </span>
    ) : undefined;
  return (
    <div className="workbench">
      {readOnly ? null : showsSide ? (
        <aside className="side" aria-label="Palette and problems">
          <Tabs
            label="Left panel"
            tabs={[
              { id: "nodes", label: "Nodes" },
              { id: "problems", label: "Problems", ...(badge ? { badge } : {}) },
            ]}
            active={side}
            onActive={setSide}
            action={
              <IconButton label="Hide the left panel" size="small" onClick={() => setShowsSide(false)}>
                <PanelLeft size={14} />
              </IconButton>
            }
          >
            <Suspense>{side === "nodes" ? <Palette /> : <ProblemsList />}</Suspense>
          </Tabs>
        </aside>
      ) : (
        <div className="side-closed">
          <IconButton label="Show the left panel" size="small" onClick={() => setShowsSide(true)}>
            <PanelLeft size={14} />
          </IconButton>
          {badge}
        </div>
      )}
      <div className="stage">
        <div className="stage-canvas">
          <Canvas />
        </div>
        {runOpen ? (
          <Suspense>
            <DockHandle />
            <RunDock {...(onCloseRun ? { onClose: onCloseRun } : {})} />
          </Suspense>
        ) : null}
      </div>
      <aside className="inspector-side" aria-label="Inspector">
        <Suspense>
          <Inspector />
        </Suspense>
      </aside>
    </div>
  );
}
