import { nodeTypes as declared, factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  SelectionMode,
  useKeyPress,
  useStoreApi,
} from "@xyflow/react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import "@xyflow/react/dist/base.css";
import { useCollapsed, useShown } from "../document/shown.ts";
import { useDocument } from "../document/store.ts";
import { grid } from "../nodes/size.ts";
import { Announcer } from "./announcer.tsx";
import { attachCamera, lookFromStart, toCanvas } from "./camera.ts";
import { Card } from "./card.tsx";
import { markBoxing, takeEdgeChanges, takeNodeChanges } from "./changes.ts";
import { connected, endMovingEnd, endPulling, mayConnect, movedEnd, startMovingEnd, startPulling } from "./connect.ts";
import { ConnectionLine } from "./connection-line.tsx";
import { createDetail } from "./detail.ts";
import { dragging, drop } from "./drag.ts";
import { hoverEdge, leaveEdge } from "./edge-hover.ts";
import { EdgeTools } from "./edge-tools.tsx";
import { EmptyCanvas } from "./empty-canvas.tsx";
import { FrameCard } from "./frame-card.tsx";
import { useKeyboard } from "./keyboard.ts";
import { useLive } from "./live.ts";
import { NoteCard } from "./note-card.tsx";
import { openNode } from "./open-node.ts";
import { ParticleLayer } from "./particle-layer.tsx";
import { openPicker, usePicker } from "./picker-store.ts";
import { useCanvasPointer } from "./pointer.ts";
import { createProjection, type ViewEdge, type ViewNode } from "./project.ts";
import { Permission, Wire } from "./wire.tsx";
import { ZoomTools } from "./zoom-tools.tsx";
import "./canvas.css";

const loadPicker = () => import("./picker.tsx").then((part) => ({ default: part.Picker }));
const Picker = lazy(loadPicker);
const Minimap = lazy(() => import("./minimap.tsx").then((part) => ({ default: part.Minimap })));

const cards = { frame: FrameCard, remark: NoteCard, entry: Card, exit: Card, step: Card };
const nodeTypes = Object.fromEntries(
  (Object.keys(declared) as NodeTypeName[]).map((type) => [type, cards[factsOf(type).role]]),
);
const edgeTypes = { wire: Wire, permission: Permission };
const snapGrid: [number, number] = [grid, grid];
const panButtons = [1];
const manyKeys = ["Shift", "Meta", "Control"];
/** From so many nodes on the whole drawing is shown in small. */
const mappedFrom = 20;
/** From so many nodes on only those in sight are in the page. */
const cullFrom = 150;
/** How near a wire must come to a handle to snap to it, on the screen. */
const snapReach = 28;

/** The drawing: the open document, with the run that is shown on it. Fills what it is put into. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Surface />
    </ReactFlowProvider>
  );
}

function Surface() {
  "use memo";
  const graph = useShown();
  const selection = useDocument((state) => state.selection);
  const selectedEdges = useDocument((state) => state.selectedEdges);
  const readOnly = useDocument((state) => state.readOnly);
  const workflow = useDocument((state) => state.workflowId);
  const live = useLive((state) => state.live);
  const collapsed = useCollapsed((state) => state.frames);
  // while Space is held everything is there to be taken hold of and moved under the window, nodes too
  const panning = useKeyPress("Space");
  const [projection] = useState(createProjection);
  const [flow, setFlow] = useState<ReactFlowInstance<ViewNode, ViewEdge>>();
  const [detail] = useState(createDetail);
  const root = useRef<HTMLElement>(null);
  const store = useStoreApi();
  useKeyboard(root);
  useCanvasPointer(root);
  useEffect(() => (flow && root.current ? attachCamera(flow, root.current) : undefined), [flow]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another workflow is shown from afar first
  useEffect(() => {
    if (flow) lookFromStart(0);
  }, [flow, workflow]);

  const zoomed = (zoom: number) => {
    if (root.current) detail(root.current, zoom);
    // React Flow measures in canvas pixels: near or far, the reach on the screen is the same
    store.setState({ connectionRadius: snapReach / zoom });
  };
  return (
    <section
      ref={root}
      className="canvas"
      tabIndex={-1}
      aria-label="Canvas"
      data-detail="full"
      data-readonly={readOnly ? "" : undefined}
      onDoubleClick={(event) => {
        const pane = event.target instanceof Element && event.target.classList.contains("react-flow__pane");
        if (!pane || readOnly) return;
        const at = { x: event.clientX, y: event.clientY };
        openPicker({ at, point: toCanvas(at) });
      }}
    >
      <ReactFlow<ViewNode, ViewEdge>
        nodes={projection.nodes(graph, selection, live, collapsed)}
        edges={projection.edges(graph, selectedEdges)}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onInit={(instance) => {
          setFlow(instance);
          zoomed(instance.getZoom());
        }}
        onMove={(_event, { zoom }) => zoomed(zoom)}
        onNodesChange={takeNodeChanges}
        onEdgesChange={takeEdgeChanges}
        onNodeDoubleClick={(_event, { id }) => openNode(id)}
        onNodeDrag={dragging}
        onNodeDragStop={drop}
        onSelectionStart={() => markBoxing(true)}
        onSelectionEnd={() => markBoxing(false)}
        onConnectStart={startPulling}
        onConnect={connected}
        onConnectEnd={endPulling}
        onReconnectStart={startMovingEnd}
        onReconnect={movedEnd}
        onReconnectEnd={endMovingEnd}
        onEdgeMouseEnter={hoverEdge}
        onEdgeMouseLeave={leaveEdge}
        isValidConnection={mayConnect}
        connectionLineComponent={ConnectionLine}
        onlyRenderVisibleElements={graph.nodes.length >= cullFrom}
        nodesDraggable={!readOnly && !panning}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        edgesFocusable={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={manyKeys}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={panButtons}
        panOnScroll
        zoomOnDoubleClick={false}
        nodeDragThreshold={3}
        snapToGrid
        snapGrid={snapGrid}
        minZoom={0.1}
        maxZoom={2.5}
        zIndexMode="manual"
        elevateNodesOnSelect={false}
        disableKeyboardA11y
      >
        <Background variant={BackgroundVariant.Dots} gap={grid} size={1.25} />
        <ParticleLayer />
        {readOnly ? null : <EdgeTools />}
      </ReactFlow>
      {readOnly ? null : <EmptyCanvas />}
      <ZoomTools />
      {/* a small drawing is seen at a glance */}
      <Suspense>{graph.nodes.length < mappedFrom || !flow ? null : <Minimap flow={flow} />}</Suspense>
      {readOnly ? null : <AskedPicker />}
      <Announcer />
    </section>
  );
}

/** The picker is not needed for the first paint, and at once when it is asked for. */
function AskedPicker() {
  const isAsked = usePicker(({ request }) => request !== undefined);
  useEffect(() => void loadPicker(), []);
  return <Suspense>{isAsked ? <Picker /> : null}</Suspense>;
}
