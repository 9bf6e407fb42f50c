/** A number from 0 to 2^32 - 1 that depends only on the text (FNV-1a with a final mix). */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Chance that is the same every time: each key of one seed has its own fixed number. */
export interface Chance {
  /** A whole number from 0 to `count - 1`. */
  below: (count: number, key: string) => number;
  pick: <T>(choices: readonly [T, ...T[]], key: string) => T;
}

export function createChance(seed: string): Chance {
  const below = (count: number, key: string) => hash(`${seed}\n${key}`) % Math.max(1, count);
  return { below, pick: (choices, key) => choices[below(choices.length, key)] ?? choices[0] };
}
