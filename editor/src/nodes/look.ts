import type { DataOf, NodeTypeName } from "@signalbox/shared/nodes";
import type { LucideIcon } from "lucide-react";

/** How a type of node looks on the canvas. What it is, it says itself in `@signalbox/shared/nodes`. */
export interface Look<Name extends NodeTypeName = NodeTypeName> {
  icon: LucideIcon;
  /** Names the tint of its chip: `--kind-…`. */
  kind: "agent" | "tool" | "branch" | "parallel" | "people" | "flow" | "data";
  /** A mark besides the colour, for who sees no colours. */
  shape: "card" | "rail" | "notch" | "diamond" | "double" | "tab" | "pill";
  /** One line under the title. */
  summary: (data: DataOf<Name>) => string;
}

/** Declares how one type looks. */
export function lookOf<Name extends NodeTypeName>(_type: Name, look: Look<Name>): Look<Name> {
  return look;
}

/** The first line of a text, without the spaces around it. */
export function firstLine(text: string | undefined): string {
  return text?.trim().split("\n", 1)[0] ?? "";
}
