import type { ModelResponse } from "@signalbox/shared/models";
import type { ModelPart } from "../model.ts";
import { truncated } from "./events.ts";
import type { Provider } from "./failure.ts";

/** Puts one answer together from the events of a provider, however odd they are. */
export interface AnswerReader {
  /** Takes one event and says what of it can be shown at once. */
  take: (event: unknown) => ModelPart[];
  /** The whole answer, or undefined when the provider has not said that it is finished. */
  whole: () => ModelResponse | undefined;
}

/** Reads events to their end: deltas on the way, the whole answer last. */
export async function* readAnswer(
  events: AsyncIterable<unknown>,
  reader: AnswerReader,
  provider: Provider,
): AsyncGenerator<ModelPart> {
  for await (const event of events) yield* reader.take(event);
  const response = reader.whole();
  if (!response) throw truncated(provider);
  yield { type: "end", response };
}

/** A part with text, or none for an empty delta. */
export function delta(type: "text" | "reasoning", text: string): ModelPart[] {
  return text === "" ? [] : [{ type, delta: text }];
}
