import { Parser } from "htmlparser2";
import { oneLine } from "./text-writer.ts";
import { startWalk, type View } from "./walk.ts";

interface Page {
  title: string;
  text: string;
  links: { text: string; url: string }[];
  isTruncated: boolean;
}

interface Reading {
  /** Where the page is from: what its links are relative to. */
  url: string;
  maxCharacters: number;
  /** Awaited now and then, so that a long page holds up nothing else. Throws when the reading is called off. */
  pause: () => Promise<unknown>;
}

const chunkLength = 16 * 1024;
/** No page that people wrote is nested as deep, and the parser's work grows with it. */
const mostDepth = 1000;
const mostTitle = 300;

/** What a person would read of a page: its title, its text in order without what surrounds it, and where it leads. */
export async function readPage(html: string, { url, maxCharacters, pause }: Reading): Promise<Page> {
  const walk = startWalk(url, maxCharacters);
  const parser = new Parser(walk.handler);
  let isWhole = true;
  for (let at = 0; at < html.length && isWhole; at += chunkLength) {
    parser.write(html.slice(at, at + chunkLength));
    await pause();
    isWhole = walk.depth() <= mostDepth;
  }
  if (isWhole) parser.end();
  const { writer, links } = worthReading(walk.views);
  return {
    title: oneLine(walk.title(), mostTitle),
    text: writer.text(),
    links: [...links].map(([to, text]) => ({ text, url: to })),
    isTruncated: !isWhole || writer.written() > maxCharacters,
  };
}

/** The main content where the page marks it and it is more than a few words, else the content, else all there is. */
function worthReading([all, content, main]: readonly [View, View, View]): View {
  const [most, rest] = [main.writer.written(), content.writer.written()];
  if (most >= 200 || (most > 0 && most * 2 >= rest)) return main;
  return rest > 0 ? content : all;
}
