import type { Finding } from "@signalbox/shared/validation";
import { expect, test } from "vitest";
import { findingsOf, nextFindings, noFindings } from "./group.ts";

const about = (node: string, detail: string, severity: Finding["severity"] = "error"): Finding => ({
  severity,
  code: "required_missing",
  path: `nodes.0.data.${detail}`,
  node,
  detail,
});

test("a check that finds the same again changes nothing", () => {
  const first = nextFindings(noFindings, [about("a", "prompt"), about("b", "model")]);
  const again = nextFindings(first, [about("a", "prompt"), about("b", "model")]);
  expect(again).toBe(first);
});

test("only the node whose findings changed gets a new list", () => {
  const first = nextFindings(noFindings, [about("a", "prompt"), about("b", "model")]);
  const next = nextFindings(first, [about("a", "prompt"), about("b", "prompt")]);
  expect(findingsOf(next, "a")).toBe(findingsOf(first, "a"));
  expect(findingsOf(next, "b")).not.toBe(findingsOf(first, "b"));
});

test("a node without findings always gets the same empty list", () => {
  const some = nextFindings(noFindings, [about("a", "prompt")]);
  expect(findingsOf(some, "c")).toBe(findingsOf(noFindings, "d"));
});

test("errors and warnings are counted apart", () => {
  const { counts } = nextFindings(noFindings, [
    about("a", "x"),
    about("a", "y", "warning"),
    about("b", "z", "warning"),
  ]);
  expect(counts).toEqual({ error: 1, warning: 2 });
});

test("the place in the text is part of a finding", () => {
  const at = (start: number): Finding => ({ ...about("a", "prompt"), range: { start, end: start + 3 } });
  const first = nextFindings(noFindings, [at(0)]);
  expect(nextFindings(first, [at(4)])).not.toBe(first);
});
