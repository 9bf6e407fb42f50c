import { useDocument } from "../document/store.ts";
import { reveal } from "./camera.ts";

/** Puts the keyboard on a node, or on the canvas, and brings the node into sight. */
export function focusNode(id: string | undefined): void {
  if (id === undefined) {
    document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
    return;
  }
  reveal(id);
  // the node is drawn in the next frame, or after the view has moved to it
  let left = 24;
  const look = () => {
    const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    left -= 1;
    if (element) element.focus({ preventScroll: true });
    else if (left > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Puts the keyboard on a node's title in the inspector, or on its text where it has no title. */
export function focusTitle(id: string): void {
  requestAnimationFrame(() => {
    const title = document.querySelector<HTMLInputElement>("input[data-path='data.label']");
    if (title) title.select();
    else useDocument.getState().focusField(id, "data.text");
  });
}

/** Opens the list of frames that what is selected may be moved into; answers whether there is one. */
export function openFrameMenu(): boolean {
  const button = document.querySelector<HTMLButtonElement>("[data-menu='frames'] button");
  button?.click();
  return button !== null;
}
