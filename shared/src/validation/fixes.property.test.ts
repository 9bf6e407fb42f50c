import fc from "fast-check";
import { expect, test } from "vitest";
import { applyFix, Fix } from "../fixes/index.ts";
import { Graph, planGraph } from "../graph/index.ts";
import { anyGraph } from "../testing/any-graph.ts";
import type { Catalog, Finding } from "./finding.ts";
import { scopesOf } from "./scope.ts";
import { validateGraph } from "./validate.ts";

const schema = {
  type: "object",
  properties: { text: { type: "string" }, n: { type: "integer" } },
  required: ["text"],
  additionalProperties: false,
};
const catalog: Catalog = {
  connections: ["simulated", "input"],
  tools: new Map([["a.text", { input: schema, output: schema }]]),
  credentials: ["a"],
  workflows: new Map([["item", { publishedVersion: 1, inputs: new Map([["current", schema]]) }]]),
};

/** What makes a finding this finding, whatever stands before its node or edge in the graph. */
const identity = ({ code, node, edge, path, range, detail }: Finding) =>
  JSON.stringify([code, node, edge, edge || node ? path.split(".").slice(2) : path, range?.start, detail]);

test("any fix that is offered can be sent, keeps the graph's shape, and ends its finding", () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const findings = validateGraph(graph, catalog);
      const same =
        ({ code, node, edge }: Finding) =>
        (other: Finding) =>
          other.code === code && other.node === node && other.edge === edge;
      for (const finding of findings) {
        if (!finding.fix) continue;
        expect(Fix.parse(JSON.parse(JSON.stringify(finding.fix)))).toEqual(finding.fix);

        const mended = applyFix(graph, finding.fix);
        expect(Graph.safeParse(mended).success).toBe(true);
        const left = validateGraph(mended, catalog);
        // in a list the next one moves up to the place of the one that is gone
        const isFewer = left.filter(same(finding)).length < findings.filter(same(finding)).length;
        expect(isFewer ? [] : left.map(identity)).not.toContain(identity(finding));
      }
    }),
    { numRuns: 200 },
  );
}, 60_000);

test("a fix that comes too late changes what it spoke of, or nothing", () => {
  fc.assert(
    fc.property(anyGraph, anyGraph, (graph, other) => {
      for (const { fix } of validateGraph(graph, catalog)) {
        if (fix) expect(Graph.safeParse(applyFix(other, fix)).success).toBe(true);
      }
    }),
  );
});

test("a name that is looked up is the one that stands in the whole scope", () => {
  fc.assert(
    fc.property(anyGraph, fc.boolean(), (graph, inside) => {
      const plan = planGraph(graph);
      const { all, find } = scopesOf(plan, catalog);
      const names = [...plan.nodes.keys(), "input", "run", "item", "index", "lane", "iteration", "previous", "none"];
      for (const node of plan.nodes.keys()) {
        const known = all(node, inside);
        for (const name of names) {
          expect([name, find(node, name, inside)]).toEqual([name, known.find((variable) => variable.name === name)]);
        }
      }
    }),
    { numRuns: 500 },
  );
}, 60_000);
