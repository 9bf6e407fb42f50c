const tokens: Readonly<Record<string, string>> = {
  EOF: "the end",
  IDENTIFIER: "a name",
  DOT: '"."',
  COMMA: '","',
  COLON: '":"',
  QUESTION: '"?"',
  LPAREN: '"("',
  RPAREN: '")"',
  LBRACKET: '"["',
  RBRACKET: '"]"',
  LBRACE: '"{"',
  RBRACE: '"}"',
  EQ: '"=="',
  NE: '"!="',
  LT: '"<"',
  LE: '"<="',
  GT: '">"',
  GE: '">="',
  AND: '"&&"',
  OR: '"||"',
  NOT: '"!"',
  PLUS: '"+"',
  MINUS: '"-"',
  MULTIPLY: '"*"',
  DIVIDE: '"/"',
  MODULO: '"%"',
  STRING: "a text",
  NUMBER: "a number",
};

const whole: Readonly<Record<string, string>> = {
  "Unexpected token: EOF": "The expression ends too early.",
  "Unterminated string": "A text in quotes is not closed.",
  "Newlines not allowed in single-quoted strings": "A text in quotes ends before its line does.",
  "Unexpected character: =": 'A single "=" means nothing here. Compare with "==".',
};

/** What is wrong with how an expression is written, for people: the library speaks of tokens. */
export function syntaxSentence(summary: string): string {
  const known = whole[summary];
  if (known !== undefined) return known;
  const [, wanted, found] = /^Expected (\w+), got (\w+)$/.exec(summary) ?? [];
  if (wanted !== undefined && found !== undefined) {
    const missing = `${upperFirst(tokens[wanted] ?? wanted)} is missing`;
    return found === "EOF" ? `${missing} at the end.` : `${missing} before ${tokens[found] ?? found}.`;
  }
  const [, token] = /^Unexpected token: (\w+)$/.exec(summary) ?? [];
  if (token !== undefined) return `${upperFirst(tokens[token] ?? token)} cannot stand here.`;
  const [, character] = /^Unexpected character: '?(.)'?$/.exec(summary) ?? [];
  if (character !== undefined) return `"${character}" cannot stand here.`;
  return summary.endsWith(".") ? summary : `${summary}.`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
