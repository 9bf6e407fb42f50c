import { usesHandle } from "@signalbox/shared/graph";
import { factsOf } from "@signalbox/shared/nodes";
import { type RefObject, useEffect } from "react";
import { move, remove } from "../document/commands.ts";
import { type Point, placesOf } from "../document/geometry.ts";
import { shownNow, toggleCollapsed } from "../document/shown.ts";
import { addStep, removeJoined } from "../document/steps.ts";
import { useDocument } from "../document/store.ts";
import { mainHandle } from "../document/wires.ts";
import { grid } from "../nodes/size.ts";
import { runView } from "../run/hooks.ts";
import { toWindow, zoomBy, zoomNow, zoomTo, zoomToActual, zoomToFit } from "./camera.ts";
import { focusNode, focusTitle, openFrameMenu } from "./focus.ts";
import { openNode } from "./open-node.ts";
import { openPicker } from "./picker-store.ts";
import { isPointerOnCanvas, pointOnCanvas } from "./pointer.ts";
import { useShortcutSheet } from "./shortcut-sheet.ts";
import { type Direction, reachable, walk } from "./walk.ts";

const loadClipboard = () => import("../document/clipboard.ts");

const arrows: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** The keys of the canvas. They work unless what has the keyboard needs them itself. */
export function useKeyboard(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event, root.current)) return;
      if (press(event)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    // not for the first paint, and there when it is wanted
    void loadClipboard();
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [root]);
}

/** Where a key means something else: a text field, a window over the page, a control that has the keyboard. */
function isElsewhere({ target, key }: KeyboardEvent, canvas: HTMLElement | null): boolean {
  if (!(target instanceof HTMLElement) || !canvas) return true;
  if (document.querySelector("dialog[open], :popover-open")) return true;
  if (target.closest("input, textarea, select, [contenteditable=true], [role=menu], [role=slider]")) return true;
  if (target === document.body || canvas.contains(target)) return false;
  return key in arrows || ["Enter", " ", "Tab", "Escape"].includes(key);
}

/** Does what a key means; answers whether it means anything. */
function press(event: KeyboardEvent): boolean {
  const direction = arrows[event.key];
  if (direction) return pressArrow(event, direction);
  if (event.ctrlKey || event.metaKey) return pressWithControl(event);
  if (event.altKey) return false;
  return pressAlone(event);
}

function pressArrow(event: KeyboardEvent, direction: Direction): boolean {
  const { graph, selection, readOnly, select } = useDocument.getState();
  const [at] = selection;
  if (at === undefined) {
    const first = graph.nodes.find(({ type }) => factsOf(type).role === "entry") ?? graph.nodes[0];
    if (first) go(first.id);
    return first !== undefined;
  }
  if (event.altKey) {
    if (!readOnly) nudge(selection, direction, event.shiftKey ? 4 : 1);
    return true;
  }
  if (event.ctrlKey || event.metaKey) {
    if (!readOnly) grow(at, direction);
    return true;
  }
  if (event.shiftKey) {
    if (direction === "left" || direction === "right")
      select([at, ...reachable(graph, at, direction).filter((id) => id !== at)]);
    return true;
  }
  const next = walk(shownNow(), at, direction);
  if (next !== undefined) go(next);
  return true;
}

function go(id: string): void {
  useDocument.getState().select([id]);
  focusNode(id);
}

/** Moves without a pointer. */
function nudge(ids: readonly string[], direction: Direction, cells: number): void {
  const { graph } = useDocument.getState();
  const step = cells * grid;
  const by: Point = {
    x: { left: -step, right: step, up: 0, down: 0 }[direction],
    y: { left: 0, right: 0, up: -step, down: step }[direction],
  };
  const chosen = new Set(ids);
  const moves = graph.nodes
    .filter(({ id, parentId }) => chosen.has(id) && (parentId === undefined || !chosen.has(parentId)))
    .map(({ id, position }) => ({ id, position: { x: position.x + by.x, y: position.y + by.y } }));
  move(moves, moves.length > 1 ? `Move ${moves.length} nodes` : "Move", `nudge:${ids.join(" ")}`);
}

/** Asks for a step that is connected to this one. */
function grow(id: string, direction: Direction): void {
  const placed = placesOf(shownNow()).get(id);
  if (!placed) return;
  const { node, rect } = placed;
  const { uses, role } = factsOf(node.type);
  const at = toWindow({ x: rect.x + rect.width + 16, y: rect.y });
  if (direction === "left") {
    if (role !== "entry" && role !== "remark")
      openPicker({
        at: toWindow({ x: rect.x - 320 / zoomNow(), y: rect.y }),
        end: { node: id, handle: "in", side: "target" },
      });
    return;
  }
  const handle = direction === "down" && uses ? usesHandle : mainHandle(node);
  if (handle !== undefined) openPicker({ at, end: { node: id, handle, side: "source" } });
}

function pressWithControl(event: KeyboardEvent): boolean {
  const { selection, selectedEdges, readOnly, undo, redo, select } = useDocument.getState();
  switch (event.key.toLowerCase()) {
    case "a":
      select(shownNow().nodes.map(({ id }) => id));
      return true;
    case "c":
      // what is marked in the page as text is copied by the browser
      if (!getSelection()?.isCollapsed || selection.length === 0) return false;
      void loadClipboard().then(({ copySelection }) => copySelection());
      return true;
    case "x":
      if (readOnly || selection.length === 0) return false;
      void loadClipboard().then(({ cutSelection }) => cutSelection());
      return true;
    case "v":
      if (!readOnly) void loadClipboard().then(({ pasteClipboard }) => pasteClipboard(pointOnCanvas()));
      return true;
    case "d":
      if (!readOnly) void loadClipboard().then(({ duplicateSelection }) => duplicateSelection());
      return true;
    case "z":
      if (event.shiftKey) redo();
      else undo();
      return true;
    case "y":
      redo();
      return true;
    case "delete":
    case "backspace":
      if (selection.length > 0) removeJoined(selection);
      else remove([], selectedEdges);
      return true;
    default:
      return false;
  }
}

function pressAlone(event: KeyboardEvent): boolean {
  const { selection, selectedEdges, readOnly, select } = useDocument.getState();
  const [first] = selection;
  switch (event.key) {
    case "Delete":
    case "Backspace":
      if (selection.length + selectedEdges.length > 0) remove(selection, selectedEdges);
      return true;
    case "Escape":
      select([], []);
      return true;
    case "Enter":
    case "F2":
      if (selectFocused(event.target)) return true;
      if (first === undefined || isOnControl(event.target)) return false;
      if (event.key === "Enter" && openNode(first)) return true;
      select([first]);
      focusTitle(first);
      return true;
    case "Tab":
      // with the keyboard alone, Tab leaves the canvas as it leaves everything else
      if (event.shiftKey || readOnly || !isPointerOnCanvas()) return false;
      openPicker();
      return true;
    case "/":
      if (!readOnly) openPicker();
      return true;
    case "S":
      if (!readOnly) addNote();
      return true;
    case "c":
      return toggleCollapsed(selection);
    case "m":
      return !readOnly && openFrameMenu();
    case "[":
    case "]":
      return first !== undefined && runView.stepPass(first, event.key === "]" ? 1 : -1);
    case "1":
      zoomToFit();
      return true;
    case "2":
      zoomTo(selection);
      return true;
    case "0":
      zoomToActual();
      return true;
    case "+":
    case "=":
      zoomBy("in");
      return true;
    case "-":
      zoomBy("out");
      return true;
    case "?":
      useShortcutSheet.setState({ open: true });
      return true;
    default:
      return false;
  }
}

/** Who walks with Tab stands on a node before it is selected. */
function selectFocused(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || !target.classList.contains("react-flow__node")) return false;
  const { selection, select } = useDocument.getState();
  const { id } = target.dataset;
  if (id === undefined || selection.includes(id)) return false;
  select([id]);
  return true;
}

function isOnControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a") !== null;
}

function addNote(): void {
  const id = addStep("note", { point: pointOnCanvas() });
  if (id !== undefined) focusNode(id);
}
