import { SignalboxError } from "../../errors.ts";

const LONGEST_ANSWER = 16 * 1024 * 1024;
const COST_OF_A_PIECE = 16;

/** Keeps one answer from filling the memory: every piece that is kept is counted here first. */
export class Allowance {
  #left = LONGEST_ANSWER;

  take(piece: string): string {
    this.#left -= piece.length + COST_OF_A_PIECE;
    if (this.#left < 0) {
      const detail = "The model's answer is longer than 16 MiB and was cut off. Set a limit for the output.";
      throw new SignalboxError("model_failed", detail, { limit: LONGEST_ANSWER });
    }
    return piece;
  }
}
