/** A part of a text that is an expression: from after `{{` to before `}}`. */
export interface Region {
  /** Where `{{` begins; the same as `from` in a bare expression. */
  open: number;
  from: number;
  to: number;
  /** Where `}}` ends; the same as `to` while it is not closed yet. */
  close: number;
}

/** The expressions in a template, also where one is still being written: that one goes to the end of its line. */
export function regionsOf(source: string): Region[] {
  const regions: Region[] = [];
  for (let at = source.indexOf("{{"); at >= 0; at = source.indexOf("{{", at)) {
    if (source.startsWith("{{{{", at)) {
      at += 4;
      continue;
    }
    const region = regionAt(source, at);
    regions.push(region);
    at = Math.max(region.close, at + 2);
  }
  return regions;
}

function regionAt(source: string, open: number): Region {
  const from = open + 2;
  let quote = "";
  let braces = 0;
  for (let at = from; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (quote !== "") {
      if (char === "\\") at += 1;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "{") braces += 1;
    else if (char === "}" && braces > 0) braces -= 1;
    else if (source.startsWith("}}", at)) return { open, from, to: at, close: at + 2 };
  }
  const line = source.indexOf("\n", from);
  const end = line < 0 ? source.length : line;
  return { open, from, to: end, close: end };
}
