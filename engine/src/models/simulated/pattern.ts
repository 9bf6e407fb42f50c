import type { Chance } from "./chance.ts";

const WORD = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const CLASSES: Record<string, string> = { d: DIGITS, w: WORD, s: " ", D: WORD, W: "-", S: WORD };
const FEWEST_FOR_OPEN_END = 3;
const MOST_STEPS = 500;

/** Reads a common subset of regular expressions and writes a text for it. */
class PatternWriter {
  #at = 0;
  #steps = 0;
  readonly #pattern: string;
  readonly #chance: Chance;

  constructor(pattern: string, chance: Chance) {
    this.#pattern = pattern;
    this.#chance = chance;
  }

  alternatives(): string {
    const texts: [string, ...string[]] = [this.#sequence()];
    while (this.#peek() === "|") {
      this.#at += 1;
      texts.push(this.#sequence());
    }
    return this.#chance.pick(texts, `alternative ${this.#at}`);
  }

  #peek(): string | undefined {
    return this.#pattern[this.#at];
  }

  #take(): string {
    const char = this.#pattern[this.#at] ?? "";
    this.#at += 1;
    return char;
  }

  #sequence(): string {
    let text = "";
    for (let next = this.#peek(); next !== undefined && next !== "|" && next !== ")"; next = this.#peek()) {
      const start = this.#at;
      const first = this.#atom();
      const end = this.#at;
      const times = this.#times();
      const after = this.#at;
      // counts may be nested: the steps of all of them together are bounded
      for (let time = 0; time < times && this.#steps < MOST_STEPS; time += 1) {
        this.#at = start;
        text += time === 0 ? first : this.#atom();
      }
      // where nothing was written the atom must still be passed over
      this.#at = Math.max(after, end);
    }
    return text;
  }

  #atom(): string {
    this.#steps += 1;
    const char = this.#take();
    if (char === "^" || char === "$") return "";
    if (char === ".") return this.#oneOf(WORD);
    if (char === "[") return this.#oneOf(this.#set());
    if (char === "(") return this.#group();
    if (char !== "\\") return char;
    const escaped = this.#take();
    if (escaped === "b" || escaped === "B") return "";
    if (escaped === "n") return "\n";
    if (escaped === "t") return "\t";
    const set = CLASSES[escaped];
    return set ? this.#oneOf(set) : escaped;
  }

  #oneOf(set: string): string {
    return set[this.#chance.below(set.length, `char ${this.#steps}`)] ?? "a";
  }

  #group(): string {
    const opening = this.#pattern.slice(this.#at).match(/^\?(?:[:=!]|<[=!]|<[A-Za-z_]\w*>)/)?.[0] ?? "";
    this.#at += opening.length;
    const text = this.alternatives();
    if (this.#peek() === ")") this.#at += 1;
    const looksOnly = /^\?<?[=!]/.test(opening);
    return looksOnly ? "" : text;
  }

  #set(): string {
    const negated = this.#peek() === "^";
    if (negated) this.#at += 1;
    let set = "";
    while (this.#peek() !== undefined && (this.#peek() !== "]" || set === "")) {
      const char = this.#take();
      if (char === "\\") {
        const escaped = this.#take();
        set += CLASSES[escaped] ?? escaped;
      } else if (this.#peek() === "-" && this.#pattern[this.#at + 1] !== "]" && this.#at + 1 < this.#pattern.length) {
        this.#at += 1;
        set += range(char, this.#take());
      } else {
        set += char;
      }
    }
    this.#at += 1;
    return negated ? [...`${WORD}${DIGITS}-`].filter((char) => !set.includes(char)).join("") : set;
  }

  #times(): number {
    const quantifier = this.#pattern.slice(this.#at).match(/^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/);
    if (!quantifier) return 1;
    this.#at += quantifier[0].length;
    const [text, least, open, most] = quantifier;
    if (least !== undefined) {
      const fewest = Number(least);
      return open === undefined ? fewest : Math.min(Math.max(fewest, 1), most ? Number(most) : fewest + 1);
    }
    return text.startsWith("?") ? 1 : FEWEST_FOR_OPEN_END;
  }
}

function range(from: string, to: string): string {
  const chars: string[] = [];
  const last = Math.min(to.charCodeAt(0), from.charCodeAt(0) + 100);
  for (let code = from.charCodeAt(0); code <= last; code += 1) chars.push(String.fromCharCode(code));
  return chars.join("");
}

/** A text that the regular expression matches, or undefined where we cannot write one. */
export function textForPattern(pattern: string, chance: Chance): string | undefined {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, "u");
  } catch {
    return undefined;
  }
  const text = new PatternWriter(pattern, chance).alternatives();
  return expression.test(text) ? text : undefined;
}
