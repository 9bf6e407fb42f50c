import { writeValue } from "../values/write.ts";
import type { Surroundings } from "./completions.ts";
import { previewOf } from "./language.ts";

interface PreviewProps {
  source: string;
  kind: "expression" | "template";
  surroundings: () => Surroundings;
}

/** What the text would give with the values of the run on the canvas; nothing where they do not suffice. */
export function Preview({ source, kind, surroundings }: PreviewProps) {
  if (kind === "template" && !source.includes("{{")) return null;
  const { scope, samples } = surroundings();
  const preview = samples.size === 0 ? undefined : previewOf(source, kind, samples, scope);
  if (!preview) return null;
  return (
    <output className="expression-preview" data-problem={"problem" in preview ? "" : undefined}>
      <span className="expression-preview-title">With the values of this run</span>
      {"problem" in preview ? preview.problem : writeValue(preview.value, 600)}
    </output>
  );
}
