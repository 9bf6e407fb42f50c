import { randomBytes } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id that sorts by time and cannot be guessed: 10 letters of milliseconds, 16 of chance (80 bits). */
export function newId(now = Date.now()): string {
  let time = "";
  for (let left = now, digit = 0; digit < 10; digit += 1) {
    time = alphabet[left % 32] + time;
    left = Math.floor(left / 32);
  }
  const chance = [...randomBytes(16)].map((byte) => alphabet[byte % 32]).join("");
  return time + chance;
}
