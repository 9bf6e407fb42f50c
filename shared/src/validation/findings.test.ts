import { describe, expect, test } from "vitest";
import { applyFix } from "../fixes/index.ts";
import { Graph } from "../graph/index.ts";
import { type FindingCase, graphOf } from "../testing/findings/case.ts";
import { drawing } from "../testing/findings/drawing.ts";
import { flow } from "../testing/findings/flow.ts";
import { names } from "../testing/findings/names.ts";
import { settings } from "../testing/findings/settings.ts";
import { texts } from "../testing/findings/texts.ts";
import type { FindingCode } from "./finding.ts";
import { validateGraph } from "./validate.ts";

/** A code without a line here does not compile. */
const all: Record<FindingCode, readonly FindingCase[]> = { ...drawing, ...flow, ...names, ...settings, ...texts };
const rows = Object.entries(all).flatMap(([code, cases]) => cases.map((one) => ({ code, ...one })));

describe("the validator finds", () => {
  test.each(rows)("$code: $what", ({ code, found, fix, catalog = {}, ...drawn }) => {
    const graph = graphOf(drawn);
    const ofCode = (drawnNow: Graph) => validateGraph(drawnNow, catalog).filter((finding) => finding.code === code);

    expect(ofCode(graph)).toEqual([{ severity: "error", code, ...found, ...(fix ? { fix } : {}) }]);
    if (!fix) return;
    const mended = applyFix(graph, fix);
    expect(Graph.safeParse(mended).success).toBe(true);
    expect(ofCode(mended)).toEqual([]);
  });
});
