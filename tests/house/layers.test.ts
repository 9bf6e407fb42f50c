import { isBuiltin } from "node:module";
import { dirname, join, matchesGlob, normalize } from "node:path";
import { nodeTypes } from "@signalbox/shared/nodes";
import { describe, expect, test } from "vitest";
import config from "../../vitest.config.ts";
import { filesOf, importsOf, read } from "../support/sources.ts";

const sources = filesOf("{editor,engine,shared}/src/**/*.{ts,tsx,mjs}");
const isTest = (path: string) => /\.test\.tsx?$|\/src\/testing\//.test(path);
const product = sources.filter((path) => !isTest(path));

/** Where a source reaches: packages by name, files of ours by their path from the root. */
function reachOf(path: string): string[] {
  return importsOf(read(path)).map((name) => {
    if (name.startsWith(".")) return normalize(join(dirname(path), name));
    return name.replace(/^@signalbox\//, "");
  });
}

/** Each import that a folder must not have, as `file → what`. */
function breaches(folder: string, isForbidden: (reach: string) => boolean, files = sources): string[] {
  return files
    .filter((path) => path.startsWith(folder))
    .flatMap((path) =>
      reachOf(path)
        .filter(isForbidden)
        .map((reach) => `${path} → ${reach}`),
    );
}

const isOf = (name: string) => (reach: string) => reach === name || reach.startsWith(`${name}/`);

describe("the layers", () => {
  test("are all looked at", () => {
    for (const folder of ["editor/src/", "engine/src/", "shared/src/"]) {
      expect(product.filter((path) => path.startsWith(folder)).length).toBeGreaterThan(20);
    }
    expect(breaches("editor/", isOf("shared")).length).toBeGreaterThan(10);
  });

  test("the editor never reaches into the engine, nor the engine into the editor, nor shared into either", () => {
    expect(breaches("editor/", isOf("engine"))).toEqual([]);
    expect(breaches("engine/", isOf("editor"))).toEqual([]);
    expect(breaches("shared/", isOf("engine"))).toEqual([]);
    expect(breaches("shared/", isOf("editor"))).toEqual([]);
  });

  test("shared knows neither Node nor the DOM, so that it runs in both", () => {
    expect(breaches("shared/", isBuiltin, product)).toEqual([]);
    expect(breaches("shared/", isOf("react"), product)).toEqual([]);
    const base = JSON.parse(read("tsconfig.base.json"));
    const own = JSON.parse(read("shared/tsconfig.json"));
    const { lib, types } = { ...base.compilerOptions, ...own.compilerOptions };
    expect({ lib: lib.filter((name: string) => /dom|webworker/.test(name)), types }).toEqual({ lib: [], types: [] });
  });

  test("React Flow is known to the canvas alone", () => {
    const isReactFlow = (reach: string) => /^(@xyflow\/|reactflow)/.test(reach);
    expect(breaches("editor/src/canvas/", isReactFlow)).not.toEqual([]);
    expect(breaches("", isReactFlow).filter((breach) => !breach.startsWith("editor/src/canvas/"))).toEqual([]);
  });
});

// `tool` and `end` are words of other things too: they count only where a node is asked
const own = Object.keys(nodeTypes).filter((type) => !["tool", "end"].includes(type));
const questions = [
  /\b\w*node\w*\)?\??\.type\s*[!=]==?\s*["'`]/i,
  /["'`]\s*[!=]==?\s*[\w.?]*node\w*\??\.type\b/i,
  /\bswitch\s*\(\s*[\w.?]*node\w*\??\.type\s*\)/i,
  new RegExp(`\\btype\\s*[!=]==?\\s*["'](${own.join("|")})["']`),
  new RegExp(`["'](${own.join("|")})["']\\s*[!=]==?\\s*[\\w.?]*\\btype\\b`),
];

/** Lines in which a source asks which type a node is. */
function asksFor(source: string): string[] {
  return source.split("\n").filter((line) => questions.some((question) => question.test(line)));
}

test("outside a node type's own folders nobody asks which type a node is", () => {
  const asked = product
    .filter((path) => !/^(editor|engine|shared)\/src\/nodes\//.test(path))
    .flatMap((path) => asksFor(read(path)).map((line) => `${path}: ${line.trim()}`));
  expect(asked).toEqual([]);
});

test.each([
  'if (node.type === "tool") {',
  "switch (parent.node?.type) {",
  'type !== "agent"',
  '"note" === data.type',
  "'tool' !== lastNode.type",
])("such a question would be seen: %s", (line) => {
  expect(asksFor(line)).toEqual([line]);
});

test("every test is run: it lies where a project of the test runner looks", () => {
  const projects = (config.test?.projects ?? []).flatMap((project) =>
    typeof project === "object" && "test" in project
      ? [{ root: project.test?.root ?? "", include: project.test?.include ?? [] }]
      : [],
  );
  const isRun = (path: string) =>
    projects.some(({ root, include }) => include.some((pattern) => matchesGlob(path, join(root, pattern))));
  const tests = filesOf("**/*.{test,spec}.*");

  expect(tests.length).toBeGreaterThan(20);
  expect(tests.filter((path) => !isRun(path))).toEqual([]);
});
