import type { Handler } from "htmlparser2";
import { type Attributes, gapAround, markOf, outermost, type Place, placeInside } from "./elements.ts";
import { oneLine, type TextWriter, textWriter } from "./text-writer.ts";

/** A page as it is read from one rank on. */
export interface View {
  writer: TextWriter;
  /** The text of each address that is linked to. */
  links: Map<string, string>;
}

interface Walk {
  handler: Partial<Handler>;
  /** By rank: everything, content, main content. */
  views: readonly [View, View, View];
  title: () => string;
  /** How many elements are open. */
  depth: () => number;
}

const mostLinks = 100;
const mostLinkText = 200;
const mostUrl = 2000;
/** Of a title or a link, before its white space is taken out. */
const mostRaw = 2000;

/** Goes through a page in one pass and keeps no tree of it: neither depth nor size of a page costs memory here. */
export function startWalk(url: string, maxCharacters: number): Walk {
  const newView = (): View => ({ writer: textWriter(maxCharacters), links: new Map() });
  const views = [newView(), newView(), newView()] as const;
  const places: Place[] = [];
  const titles = { title: "", meta: "", h1: "" };
  let base = url;
  /** Of the heading or item that has just begun and has no text yet. */
  let mark = "";
  let link: { url: string; text: string; rank: number } | undefined;
  /** First-level headings that are open. */
  let openHeadings = 0;

  const here = () => places.at(-1) ?? outermost;
  // a drawing has titles of its own
  const isInDrawing = () => places.some(({ name }) => name === "svg");
  const gap = (name: string) => {
    for (const { writer } of views) writer.gap(gapAround(name));
  };
  const endLink = () => {
    if (!link) return;
    const text = oneLine(link.text, mostLinkText);
    for (const { links } of views.slice(0, link.rank + 1)) {
      if (text !== "" && links.size < mostLinks && !links.has(link.url)) links.set(link.url, text);
    }
    link = undefined;
  };

  return {
    views,
    title: () => [titles.title, titles.meta, titles.h1].find((one) => one.trim() !== "") ?? "",
    depth: () => places.length,
    handler: {
      onopentag: (name, attributes) => {
        const place = placeInside(name, attributes, here());
        places.push(place);
        if (name === "h1") openHeadings += 1;
        gap(name);
        mark = markOf(name) || mark;
        if (name === "base") base = URL.parse(attributes.href ?? "", url)?.href ?? base;
        if (name === "meta") titles.meta ||= shareTitle(attributes);
        if (name !== "a" || place.isHidden) return;
        endLink();
        const to = linkTo(attributes, base, url);
        if (to !== undefined) link = { url: to, text: "", rank: place.rank };
      },
      onclosetag: (name) => {
        places.pop();
        if (name === "h1") openHeadings -= 1;
        gap(name);
        if (markOf(name) !== "") mark = "";
        if (name === "a") endLink();
      },
      ontext: (text) => {
        const { name, isHidden, isPreformatted, rank } = here();
        if (name === "title" && titles.title.length < mostRaw && !isInDrawing()) titles.title += text;
        if (isHidden) return;
        const marked = text.trim() === "" ? text : mark + (mark === "" ? text : text.trimStart());
        if (text.trim() !== "") mark = "";
        for (const { writer } of views.slice(0, rank + 1)) writer.write(marked, isPreformatted);
        if (link && link.text.length < mostRaw) link.text += text;
        if (titles.h1.length < mostRaw && openHeadings > 0) titles.h1 += text;
      },
    },
  };
}

function shareTitle({ property, content = "" }: Attributes): string {
  return property === "og:title" ? content : "";
}

/** Where a link leads, if that is another page. */
function linkTo({ href = "" }: Attributes, base: string, page: string): string | undefined {
  const to = URL.parse(href, base);
  if (!to || !/^https?:$/.test(to.protocol) || to.href.length > mostUrl) return undefined;
  const isHere = to.href.split("#", 1)[0] === page.split("#", 1)[0];
  return isHere ? undefined : to.href;
}
