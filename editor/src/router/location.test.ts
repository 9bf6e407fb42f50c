import { expect, it } from "vitest";
import { matchPath } from "./location.ts";

it("an address is one of a pattern, with its parts by name", () => {
  expect(matchPath("/runs/:id", "/runs/run_1")).toEqual({ id: "run_1" });
  expect(matchPath("/runs/:id", "/runs/run_1/")).toEqual({ id: "run_1" });
  expect(matchPath("/runs", "/runs")).toEqual({});
  expect(matchPath("/", "/")).toEqual({});
});

it("any other address is not, however odd it is", () => {
  for (const path of ["/runs", "/runs/", "/runs/a/b", "/run/a", "runs/a"]) {
    expect(matchPath("/runs/:id", path)).toBeUndefined();
  }
  expect(matchPath("/runs/:id", "/runs/%E0%A4%A")).toEqual({ id: "%E0%A4%A" });
});
