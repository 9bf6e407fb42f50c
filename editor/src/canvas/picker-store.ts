import { create } from "zustand";
import type { WireEnd } from "../document/arrange.ts";
import type { Point } from "../document/geometry.ts";

/** What is wanted from the picker. */
export interface PickerRequest {
  /** Where it opens, in the window. */
  at: Point;
  /** The wire that what is picked is put at the end of. */
  end?: WireEnd;
  /** The edge it is put into. */
  edge?: string;
  /** Where on the canvas it goes. */
  point?: Point | undefined;
}

/** The open picker, if one is open. */
export const usePicker = create<{ request: PickerRequest | undefined }>(() => ({ request: undefined }));

/** Asks which step is to be added. Without a place: where the pointer is, or in the middle of the canvas. */
export function openPicker(request?: PickerRequest): void {
  usePicker.setState({ request: request ?? { at: defaultPlace() } });
}

/** Closes the picker; nothing is added. */
export function closePicker(): void {
  usePicker.setState({ request: undefined });
}

let defaultPlace = (): Point => ({ x: innerWidth / 2 - 160, y: innerHeight / 3 });

/** The canvas says where a picker opens that nobody has given a place. */
export function setPickerPlace(place: () => Point): void {
  defaultPlace = place;
}
