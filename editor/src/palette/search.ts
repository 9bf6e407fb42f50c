import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";

/** How well a word fits what was typed; 0 is not at all. Letters in order are enough, beginnings count most. */
export function score(typed: string, word: string): number {
  const query = typed.trim().toLowerCase();
  const text = word.toLowerCase();
  if (query === "") return 1;
  const at = text.indexOf(query);
  if (at === 0) return 100;
  if (at > 0) return text[at - 1] === " " ? 80 : 60;
  let from = 0;
  for (const letter of query) {
    const found = text.indexOf(letter, from);
    if (found < 0) return 0;
    from = found + 1;
  }
  return 20;
}

/** Types that fit what was typed, the best first; those used last come first among equals. */
export function search(types: readonly NodeTypeName[], typed: string, recent: readonly string[]): NodeTypeName[] {
  const rank = (type: NodeTypeName) => {
    const { title, summary } = factsOf(type);
    const byTitle = score(typed, title);
    // in a sentence any letters are found in order: there only whole words count
    const inSummary = typed.trim() !== "" && summary.toLowerCase().includes(typed.trim().toLowerCase()) ? 40 : 0;
    return Math.max(byTitle, inSummary);
  };
  const age = (type: NodeTypeName) => (recent.includes(type) ? recent.indexOf(type) : recent.length);
  return types
    .map((type) => ({ type, rank: rank(type) }))
    .filter((one) => one.rank > 0)
    .sort((a, b) => b.rank - a.rank || age(a.type) - age(b.type))
    .map(({ type }) => type);
}
