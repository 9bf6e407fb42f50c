import { globSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";

export const repository = resolve(import.meta.dirname, "../..");

/** Files of the repository, by paths from its root; what is installed or built is not of it. */
export function filesOf(pattern: string): string[] {
  const exclude = (path: string) => /(^|\/)(node_modules|dist|\.git)(\/|$)/.test(path);
  return filesIn(repository, pattern, exclude);
}

/** Files in a folder, by paths from it with forward slashes. */
export function filesIn(folder: string, pattern: string, exclude: (path: string) => boolean = () => false): string[] {
  return globSync(pattern, { cwd: folder, exclude })
    .map((path) => path.replaceAll(sep, "/"))
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(repository, path), "utf8");
}

const specifier = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*["']([^"'\n]+)["']/g;

/** What a source imports, in whatever way. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(specifier)].map(([, name = ""]) => name);
}
