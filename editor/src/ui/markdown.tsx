import { lazy, Suspense } from "react";
import "./markdown.css";

// the renderer is not small and most screens show no text of this kind
const Rendered = lazy(() =>
  import("./rendered-markdown.tsx").then(({ RenderedMarkdown }) => ({ default: RenderedMarkdown })),
);

/** Text of people and models as Markdown: no HTML, no images, and links that say where they lead. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <Suspense fallback={<p className="markdown-plain">{text}</p>}>
        <Rendered text={text} />
      </Suspense>
    </div>
  );
}
