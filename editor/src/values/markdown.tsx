import ReactMarkdown from "react-markdown";
import "./markdown.css";

/** What may stand in a text that a model wrote: no HTML, no images, which would tell others that it was read. */
const allowed =
  "p strong em del code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 hr br a table thead tbody tr th td".split(" ");

/** Markdown of a model, made safe to look at. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown
        skipHtml
        allowedElements={allowed}
        unwrapDisallowed
        components={{
          a: ({ href, children }) => (
            <a href={href} rel="noreferrer nofollow" target="_blank">
              {children}
            </a>
          ),
        }}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
