import { inspect } from "node:util";

/** A secret on its way from the store to the wire: whatever prints it by mistake prints its name. */
export class Secret<Value> {
  readonly #value: Value;
  readonly #name: string;

  constructor(name: string, value: Value) {
    this.#value = value;
    this.#name = name;
  }

  /** For whoever sends it, in the moment of sending. */
  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return `[secret ${this.#name}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
