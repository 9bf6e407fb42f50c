/** What stands between two pieces of text: nothing, a space, a new line, or a new paragraph. */
export type Gap = "" | " " | "\n" | "\n\n";

export interface TextWriter {
  /** Adds text; outside of preformatted text, white space is as wide as one space. */
  write: (text: string, isPreformatted: boolean) => void;
  /** Before the next text there is at least this gap. */
  gap: (gap: Gap) => void;
  /** Characters written, the ones past the limit too. */
  written: () => number;
  /** What was written up to the limit. */
  text: () => string;
}

// controls, and letters that people never see but a model reads
const unseen = /(?![\t\n\r])[\p{Cc}\u00ad\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/gu;

/** Collects text as people would read it, up to a number of characters. */
export function textWriter(limit: number): TextWriter {
  const parts: string[] = [];
  let written = 0;
  let pending: Gap = "";

  const add = (text: string) => {
    if (written < limit) parts.push(text.slice(0, limit - written));
    written += text.length;
  };
  const gap = (next: Gap) => {
    if (next.length > pending.length || (pending === " " && next === "\n")) pending = next;
  };
  return {
    gap,
    write: (given, isPreformatted) => {
      const seen = given.replace(unseen, "");
      const text = isPreformatted ? seen : seen.replace(/\s+/g, " ");
      const inner = isPreformatted ? text : text.trim();
      if (!isPreformatted && text.startsWith(" ")) gap(" ");
      if (inner === "") return;
      if (written > 0) add(pending);
      pending = "";
      add(inner);
      if (!isPreformatted && text.endsWith(" ")) gap(" ");
    },
    written: () => written,
    text: () => cutAt(parts.join(""), limit),
  };
}

/** A text as one line without what nobody sees, cut at a limit. */
export function oneLine(text: string, limit: number): string {
  return cutAt(text.replace(unseen, "").replace(/\s+/g, " ").trim(), limit);
}

/** The beginning of a text, without half a character at its end. */
export function cutAt(text: string, limit: number): string {
  const cut = text.slice(0, limit);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
