import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { filesIn, repository } from "../support/sources.ts";

const mostInitialBytes = 230 * 1024;

const built = join(repository, "editor/dist");
const page = join(built, "index.html");
const text = (path: string) => readFileSync(join(built, path), "utf8");

/** What a page asks for before it does anything: its scripts and the modules it announces. */
function scriptsOf(html: string): string[] {
  const sources = html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g);
  const announced = html.matchAll(/<link\b(?=[^>]*\brel="modulepreload")[^>]*\bhref="([^"]+)"/g);
  return [...sources, ...announced].map(([, path = ""]) => path.replace(/^\//, ""));
}

/** Modules that a script cannot start without; those behind `import(…)` come later. */
function importsAtOnce(path: string): string[] {
  const imports = text(path).matchAll(/\b(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g);
  return [...imports].map(([, name = ""]) => posix.join(posix.dirname(path), name));
}

/** All that must be there for the first paint, each once. */
function initialScripts(): string[] {
  const found = new Set<string>();
  const queue = scriptsOf(text("index.html"));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    queue.push(...importsAtOnce(path));
  }
  return [...found];
}

describe("the built editor", () => {
  beforeAll(() => {
    if (!existsSync(page))
      throw new Error(
        'The editor is not built, so its size is not known. Run "pnpm build" first; "pnpm verify" does it by itself.',
      );
  });

  test("starts with at most 230 KB of JavaScript, as it goes over the wire", () => {
    const sizes = initialScripts().map((path) => ({ path, bytes: gzipSync(text(path)).byteLength }));
    const sum = sizes.reduce((total, { bytes }) => total + bytes, 0);
    const said = sizes
      .sort((a, b) => b.bytes - a.bytes)
      .map(({ path, bytes }) => `${path} ${(bytes / 1024).toFixed(1)} KB`);

    // an app of React and React Flow that is smaller than this was not found
    expect(sum).toBeGreaterThan(50 * 1024);
    expect(
      sum,
      `Too much to load at once. Put what is not needed for the first paint behind import():\n${said.join("\n")}`,
    ).toBeLessThanOrEqual(mostInitialBytes);
  });

  test("leaves the layouter and the expression editor for later", () => {
    const initial = new Set(initialScripts());
    const later = filesIn(built, "**/*.js").filter((path) => !initial.has(path));
    const holds = (path: string, word: string) => text(path).includes(word);
    for (const word of ["org.eclipse.elk", "cm-content"]) {
      expect([word, later.some((path) => holds(path, word))]).toEqual([word, true]);
      expect([word, [...initial].filter((path) => holds(path, word))]).toEqual([word, []]);
    }
  });

  test("takes nothing from other hosts: no script, style, font or picture", () => {
    expect(text("index.html").match(/(?:https?:)?\/\/[\w.-]+/g)).toBeNull();
    const styles = filesIn(built, "**/*.css");
    expect(styles.length).toBeGreaterThan(0);
    for (const path of styles) {
      expect([path, text(path).match(/(?:url\(\s*["']?|@import\s+["'])(?:https?:)?\/\//g)]).toEqual([path, null]);
    }
  });
});
