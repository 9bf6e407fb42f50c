/** A piece of code with a colour of its own. */
export interface Token {
  from: number;
  to: number;
  kind: "string" | "number" | "keyword" | "name" | "call" | "comment";
}

const cel =
  /(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>(?<![.\w])[A-Za-z_]\w*)/g;
const celKeywords: ReadonlySet<string> = new Set(["true", "false", "null", "in"]);

const javascript =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>(?<![.\w$])[A-Za-z_$][\w$]*)/g;
const javascriptKeywords: ReadonlySet<string> = new Set(
  (
    "async await break case catch class const continue default delete do else false finally for function if in instanceof " +
    "let new null of return switch this throw true try typeof undefined var void while yield"
  ).split(" "),
);

/** The coloured pieces of an expression; `offset` is where it begins in the whole text. */
export function celTokens(source: string, offset = 0): Token[] {
  return tokens(source, offset, cel, celKeywords, true);
}

/** The coloured pieces of a program. */
export function javascriptTokens(source: string): Token[] {
  return tokens(source, 0, javascript, javascriptKeywords, false);
}

function tokens(
  source: string,
  offset: number,
  pattern: RegExp,
  keywords: ReadonlySet<string>,
  withNames: boolean,
): Token[] {
  return [...source.matchAll(pattern)].flatMap((match) => {
    const [text] = match;
    const { comment, string, number } = match.groups ?? {};
    const from = match.index + offset;
    const token = (kind: Token["kind"]): Token[] => [{ from, to: from + text.length, kind }];
    if (comment !== undefined) return token("comment");
    if (string !== undefined) return token("string");
    if (number !== undefined) return token("number");
    if (keywords.has(text)) return token("keyword");
    if (/^\s*\(/.test(source.slice(match.index + text.length, match.index + text.length + 8))) return token("call");
    return withNames ? token("name") : [];
  });
}
