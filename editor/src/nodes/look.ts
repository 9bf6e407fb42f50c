import type { DataOf, NodeTypeName } from "@signalbox/shared/nodes";
import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";

/** How a type of node looks on the canvas. What it is, it says itself in `@signalbox/shared/nodes`. */
export interface Look<Name extends NodeTypeName = NodeTypeName> {
  icon: LucideIcon;
  /** Names the tint of its chip: `--kind-…`. */
  kind: "agent" | "tool" | "branch" | "parallel" | "people" | "flow" | "data";
  /** A mark besides the colour, for who sees no colours. */
  shape: "card" | "rail" | "notch" | "diamond" | "double" | "tab" | "pill";
  /** Whether the card has two lines of text under its head: what it is set up to do, then what it did. */
  body: boolean;
  /** What it does, in a line. */
  summary: (data: DataOf<Name>) => string;
  /** After the type's name, under the title: which model, which tool. */
  detail?: (data: DataOf<Name>) => string;
  /** In place of the summary on its card, where what it does is known by a name that the engine has. */
  Summary?: ComponentType<{ data: DataOf<Name> }>;
  /** Goes to what it runs, where that is a drawing of its own: by Enter and by a double press. */
  open?: (id: string, data: DataOf<Name>) => Promise<void>;
  /** Beside a way out that has a row: when it is taken. */
  rowDetail?: (data: DataOf<Name>, handle: string) => string;
  /** A word at the top of a frame: how it runs what it holds. */
  badge?: (data: DataOf<Name>) => string;
  /** Whether a frame runs the parts of its drawing as lanes, each by its name. */
  laned?: (data: DataOf<Name>) => boolean;
}

/** Declares how one type looks. */
export function lookOf<Name extends NodeTypeName>(_type: Name, look: Look<Name>): Look<Name> {
  return look;
}

/** The first line of a text, without the spaces around it. */
export function firstLine(text: string | undefined): string {
  return text?.trim().split("\n", 1)[0] ?? "";
}

/** A text in one line, cut where no card could show more of it. */
export function oneLine(text: string | undefined): string {
  return (text ?? "").trim().slice(0, 300).replaceAll(/\s+/g, " ");
}
