import ReactMarkdown, { type Components } from "react-markdown";

const components: Components = {
  // an image would tell another host what a run holds: its address is shown instead
  img: ({ src, alt }) => <code title="Images are not loaded">{alt || String(src)}</code>,
  a: ({ href, children }) => (
    <a href={href} title={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
};

/** The part that is loaded when the first such text is shown. */
export function RenderedMarkdown({ text }: { text: string }) {
  return (
    <ReactMarkdown components={components} skipHtml>
      {text}
    </ReactMarkdown>
  );
}
