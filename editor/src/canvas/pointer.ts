import { type RefObject, useEffect } from "react";
import type { Point } from "../document/geometry.ts";
import { middleOfView, toCanvas, toWindow } from "./camera.ts";
import { setPickerPlace } from "./picker-store.ts";

let last: Point | undefined;

/** Where on the canvas the pointer is, or the middle of what is seen when it is elsewhere. */
export function pointOnCanvas(): Point {
  return last ? toCanvas(last) : middleOfView();
}

/** Whether the pointer is on the canvas. */
export function isPointerOnCanvas(): boolean {
  return last !== undefined;
}

/** Keeps where the pointer is on the canvas: pasting and adding by keyboard happen there. */
export function useCanvasPointer(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    const moved = ({ clientX, clientY }: PointerEvent) => {
      last = { x: clientX, y: clientY };
    };
    const left = () => {
      last = undefined;
    };
    element.addEventListener("pointermove", moved, { passive: true });
    element.addEventListener("pointerleave", left);
    setPickerPlace(() => last ?? toWindow(middleOfView()));
    return () => {
      element.removeEventListener("pointermove", moved);
      element.removeEventListener("pointerleave", left);
      last = undefined;
    };
  }, [root]);
}
