import type { Gap } from "./text-writer.ts";

export type Attributes = Readonly<Record<string, string>>;

/** How much a place of a page counts: what surrounds its content, content, or what is marked as the main one. */
type Rank = 0 | 1 | 2;

/** What holds where an element is: its own doing, or that of one around it. */
export interface Place {
  name: string;
  isHidden: boolean;
  isPreformatted: boolean;
  rank: Rank;
  isInMain: boolean;
}

const never = new Set(
  "button canvas datalist dialog embed head iframe math noscript object option script select style svg template textarea title video audio".split(
    " ",
  ),
);
const around = new Set(["nav", "aside"]);
const aroundUnlessInMain = new Set(["header", "footer"]);
const aroundByRole = new Set(["navigation", "banner", "contentinfo", "complementary", "search"]);
const main = new Set(["main", "article"]);

const paragraphs = new Set(
  "p h1 h2 h3 h4 h5 h6 ul ol dl table pre blockquote section article figure hr form".split(" "),
);
const lines = new Set(
  "address aside br body caption dd details div dt fieldset figcaption footer header html legend li main nav summary tbody tfoot thead tr".split(
    " ",
  ),
);
const cells = new Set(["td", "th"]);

export const outermost: Place = { name: "", isHidden: false, isPreformatted: false, isInMain: false, rank: 1 };

/** Where the inside of an element is, given where the element is. */
export function placeInside(name: string, attributes: Attributes, outside: Place): Place {
  const { role = "" } = attributes;
  const isInMain = outside.isInMain || main.has(name) || role === "main";
  const surrounds = around.has(name) || aroundByRole.has(role) || (aroundUnlessInMain.has(name) && !outside.isInMain);
  return {
    name,
    isHidden: outside.isHidden || never.has(name) || isUnseen(attributes),
    isPreformatted: outside.isPreformatted || name === "pre",
    isInMain,
    // what once surrounds the content is not content again further in
    rank: surrounds || outside.rank === 0 ? 0 : isInMain ? 2 : 1,
  };
}

/** What separates an element from what is before and after it. */
export function gapAround(name: string): Gap {
  if (paragraphs.has(name)) return "\n\n";
  if (lines.has(name)) return "\n";
  return cells.has(name) ? " " : "";
}

/** What stands before an element's text, so that headings and items can still be told. */
export function markOf(name: string): string {
  const [, level] = /^h([1-6])$/.exec(name) ?? [];
  if (level !== undefined) return `${"#".repeat(Number(level))} `;
  return name === "li" ? "- " : "";
}

/** Hidden by its own words; what a style sheet hides is not known here. */
function isUnseen(attributes: Attributes): boolean {
  const { hidden, style = "" } = attributes;
  return (
    hidden !== undefined ||
    attributes["aria-hidden"] === "true" ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)
  );
}
