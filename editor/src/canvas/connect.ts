import type { Connection, FinalConnectionState, HandleType, OnConnectStartParams } from "@xyflow/react";
import type { WireEnd } from "../document/arrange.ts";
import { connect, reconnect, remove, type Wire } from "../document/commands.ts";
import { type Point, placesOf } from "../document/geometry.ts";
import { shownNow } from "../document/shown.ts";
import { useDocument } from "../document/store.ts";
import { wireProblem } from "../document/wires.ts";
import { isOnCanvas, toCanvas } from "./camera.ts";
import { useConnecting } from "./connecting.ts";
import { fittingNodes, nodeAt, wireOnto } from "./hit.ts";
import { openPicker } from "./picker-store.ts";
import type { ViewEdge } from "./project.ts";

function wireOf({ source, sourceHandle, target }: Pick<Connection, "source" | "sourceHandle" | "target">): Wire {
  return { source, sourceHandle: sourceHandle ?? "out", target };
}

/** Whether a wire may end where it is held. */
export function mayConnect(connection: Connection | ViewEdge): boolean {
  const { source, target, sourceHandle = null } = connection;
  const { edge } = useConnecting.getState();
  return wireProblem(useDocument.getState().graph, wireOf({ source, sourceHandle, target }), edge) === undefined;
}

/** A wire is being pulled out of a handle: shows where it may end. */
export function startPulling(_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams): void {
  if (nodeId === null || handleType === null) return;
  const from: WireEnd = { node: nodeId, handle: handleId ?? "out", side: handleType };
  const { edge } = useConnecting.getState();
  useConnecting.setState({ from, fitting: fittingNodes(useDocument.getState().graph, from, edge) });
}

/** A wire was let go on a handle that takes it. */
export function connected(connection: Connection): void {
  if (useDocument.getState().readOnly) return;
  connect(wireOf(connection));
}

/** A wire was let go: on a node it is connected to it, on nothing it asks what is to be there. */
export function endPulling(event: MouseEvent | TouchEvent, { isValid }: FinalConnectionState): void {
  const { from, edge } = useConnecting.getState();
  if (edge !== undefined) return;
  useConnecting.setState({ from: undefined, fitting: undefined });
  if (isValid || !from) return;
  const client = pointOf(event);
  const wire = wireAt(client, from, undefined);
  if (wire === "nothing") {
    if (isOnCanvas(client))
      openPicker({ at: { x: client.x + 8, y: client.y - 20 }, end: from, point: toCanvas(client) });
  } else if (wire) connect(wire);
}

/** An end of an edge is being taken elsewhere. */
export function startMovingEnd(_event: unknown, { id }: ViewEdge): void {
  useConnecting.setState({ edge: id });
}

/** The end was let go on a handle that takes it. */
export function movedEnd({ id }: ViewEdge, connection: Connection): void {
  reconnect(id, wireOf(connection));
}

/** The end was let go: on a node it is connected to it, on nothing the edge is gone. */
export function endMovingEnd(
  event: MouseEvent | TouchEvent,
  { id }: ViewEdge,
  _side: HandleType,
  state: FinalConnectionState,
): void {
  const { from } = useConnecting.getState();
  useConnecting.setState({ from: undefined, edge: undefined, fitting: undefined });
  if (state.isValid || !from) return;
  const wire = wireAt(pointOf(event), from, id);
  if (wire === "nothing") remove([], [id], "Disconnect");
  else if (wire) reconnect(id, wire);
}

/** What a wire becomes that is let go here; nothing where a node refuses it. */
function wireAt(client: Point, from: WireEnd, edge: string | undefined): Wire | "nothing" | undefined {
  const { graph } = useDocument.getState();
  const hit = nodeAt(placesOf(shownNow()), toCanvas(client), from.node);
  if (!hit) return "nothing";
  if (hit.node.id === from.node) return undefined;
  const wire = wireOnto(graph, from, hit.node.id);
  return wire && wireProblem(graph, wire, edge) === undefined ? wire : undefined;
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  const place = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: place?.clientX ?? 0, y: place?.clientY ?? 0 };
}
