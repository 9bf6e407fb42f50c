const UNTELLING = new Set(
  (
    "a an and are as at be but by can could do does for from had has have how i if in into is it its me my not of on or our " +
    "please should so than that the their them then there these they this to use using was we were what when where which who why " +
    "will with would you your"
  ).split(" "),
);

/** The words of a text in order, without punctuation. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu) ?? [];
}

/** The words that say what a text is about, each once. */
export function tellingWords(text: string): string[] {
  const all = wordsOf(text);
  const telling = all.filter((word) => word.length > 2 && !UNTELLING.has(word.toLowerCase()));
  return [...new Set(telling.length > 0 ? telling : all)];
}

/** The first words of a text on one line. */
export function firstWords(text: string, count: number): string {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return words.length > count ? `${words.slice(0, count).join(" ")}…` : words.join(" ");
}

/** Those choices that the text mentions most; none when it mentions none or all of them alike. */
export function mentioned(choices: readonly string[], text: string): string[] {
  const words = wordsOf(text.toLowerCase());
  const counts = choices.map((choice) => countOf(wordsOf(choice.toLowerCase().replaceAll("_", " ")), words));
  const most = Math.max(0, ...counts);
  const best = choices.filter((_, at) => counts[at] === most);
  return most === 0 || (best.length === choices.length && choices.length > 1) ? [] : best;
}

function countOf(phrase: readonly string[], words: readonly string[]): number {
  if (phrase.length === 0) return 0;
  return words.filter((_, at) => phrase.every((part, offset) => akin(part, words[at + offset]))).length;
}

/** "refund" and "refunds" are the same word to a reader. */
function akin(one: string, other: string | undefined): boolean {
  if (other === undefined) return false;
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3;
}
