import { expect, it } from "vitest";
import { detailAt } from "./detail.ts";

it("shows less from further away", () => {
  expect([1, 0.6, 0.59, 0.42, 0.41].map((zoom) => detailAt(zoom, "full"))).toEqual([
    "full",
    "full",
    "compact",
    "compact",
    "overview",
  ]);
});

it("does not flicker at the border of two levels", () => {
  expect(detailAt(0.62, "compact")).toBe("compact");
  expect(detailAt(0.65, "compact")).toBe("full");
  expect(detailAt(0.44, "overview")).toBe("overview");
  expect(detailAt(0.5, "overview")).toBe("compact");
});
