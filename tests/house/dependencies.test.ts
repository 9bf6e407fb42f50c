import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesOf, read, repository } from "../support/sources.ts";

interface Manifest {
  license?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const workspace = read("pnpm-workspace.yaml");
const catalog = [...workspace.slice(workspace.indexOf("\ncatalog:")).matchAll(/^ {2}"?([^"\s:]+)"?: \d/gm)].map(
  ([, name = ""]) => name,
);
const manifests = filesOf("{.,*}/package.json").map((path) => ({
  folder: path.replace(/\/?package\.json$/, ""),
  manifest: manifestAt(path),
}));

function manifestAt(path: string): Manifest {
  return JSON.parse(read(path)) as Manifest;
}

/** The table's rows, by package. */
const rows = new Map(
  read("docs/dependencies.md")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const [name = "", where = "", why = "", licence = ""] = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [name.replaceAll("`", ""), { where, why, licence }] as const;
    }),
);

/** The folders that take a package, the root as "root". */
function takers(name: string): string[] {
  return manifests
    .filter(({ manifest }) => ({ ...manifest.dependencies, ...manifest.devDependencies })[name])
    .map(({ folder }) => (folder === "" ? "root" : folder));
}

describe("docs/dependencies.md", () => {
  test("names every dependency in the catalog, and nothing else", () => {
    expect(catalog.length).toBeGreaterThan(40);
    expect([...rows.keys()].sort()).toEqual(catalog.toSorted());
  });

  test.each(catalog)("says where %s is used, why, and under which licence it stands", (name) => {
    const { where, why, licence } = rows.get(name) ?? { where: "", why: "", licence: "" };
    const [first = ""] = takers(name);
    const installed = join(first === "root" ? "" : first, "node_modules", name, "package.json");

    expect(where.split(", ").sort()).toEqual(takers(name).sort());
    expect(why).toMatch(/\S+ \S+/);
    expect(existsSync(join(repository, installed))).toBe(true);
    expect(licence).toBe(manifestAt(installed).license);
  });
});

test("every version stands in the catalog, once", () => {
  const outside = manifests.flatMap(({ folder, manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([, version]) => version !== "catalog:" && version !== "workspace:*")
      .map(([name]) => `${folder}: ${name}`),
  );
  expect(outside).toEqual([]);
});
