import Markdown from "react-markdown";

/** Pictures are left out: their addresses would tell strangers who looks. */
const unwanted = ["img"];

/** A note's Markdown. HTML in it is shown as the text it is. */
export function NoteText({ text }: { text: string }) {
  return (
    <Markdown disallowedElements={unwanted} components={{ a: Link }}>
      {text}
    </Markdown>
  );
}

function Link({ href, children }: { href?: string | undefined; children?: React.ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className="nodrag nopan">
      {children}
    </a>
  );
}
