import { expect, it } from "vitest";
import { offered } from "./offer.ts";
import { score, search } from "./search.ts";

it("ranks beginnings over middles over scattered letters", () => {
  const ranked = ["Agent", "Change", "Manage it", "Set"].map((word) => score("age", word));
  expect(ranked).toEqual([100, 20, 60, 0]);
  expect(score("a", "Run a tool")).toBe(80);
});

it("finds by name, by letters and by what a type does", () => {
  expect(search(offered, "agent", [])[0]).toBe("agent");
  expect(search(offered, "prll", [])[0]).toBe("parallel");
  expect(search(offered, "person", [])[0]).toBe("approval");
  expect(search(offered, "zzz", [])).toEqual([]);
});

it("offers everything while nothing is typed, and what was used last first", () => {
  expect(search(offered, "", ["tool"])[0]).toBe("tool");
  expect(search(offered, "", [])).toHaveLength(offered.length);
});
