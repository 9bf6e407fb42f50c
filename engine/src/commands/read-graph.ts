import { readFile } from "node:fs/promises";
import { type Graph, parseGraph } from "@signalbox/shared/graph";
import { parseJson } from "@signalbox/shared/json";

/** One thing wrong with a file: where in it, a stable code, and a sentence. */
interface FileProblem {
  path: string;
  code: string;
  detail: string;
}

/** A graph from a file, or why it is none. */
export async function readGraphFile(file: string): Promise<{ graph: Graph } | { problems: readonly FileProblem[] }> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    const reason = error instanceof Error && "code" in error && error.code === "ENOENT" ? "is not there" : undefined;
    const detail = `The file ${file} ${reason ?? "cannot be read"}. Check its name and whether you may read it.`;
    return { problems: [{ path: "", code: "file_unreadable", detail }] };
  });
  if (typeof text !== "string") return text;
  const parsed = parseJson(text);
  return "problem" in parsed ? { problems: [parsed.problem] } : parseGraph(parsed.value);
}

/** A problem as one line: `file:path: code: sentence`. */
export function problemLine(file: string, { path, code, detail }: FileProblem): string {
  return `${path === "" ? file : `${file}:${path}`}: ${code}: ${detail}`;
}
