import type { ModelResponse } from "@signalbox/shared/models";
import { SignalboxError } from "../../errors.ts";
import type { Model, ModelPart, ModelRequest } from "../model.ts";
import { decide } from "./decide.ts";

/** Waits, and rejects or returns early when the signal fires. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** What the simulated model is made with. */
export interface SimulatedOptions {
  pause: Pause;
  /** Between two deltas; about 15 ms lets people see it write. */
  pauseMs?: number;
  /** Offered tools it never calls of its own accord, as the one that asks a person. */
  passOver?: readonly string[];
}

const WORDS_A_DELTA = 3;
const CHARACTERS_A_TOKEN = 4;

/** The built-in model: no key, no network, the same answer to the same request, and labelled as what it is. */
export function createSimulatedModel({ pause, pauseMs = 15, passOver = [] }: SimulatedOptions): Model {
  const passedOver = new Set(passOver);
  return {
    stream: async function* (request, { signal }): AsyncGenerator<ModelPart> {
      stopIfCancelled(signal);
      const response = respond(request, passedOver);
      for (const delta of deltasOf(response.text)) {
        if (pauseMs > 0) await pauseUnlessCancelled(pause, pauseMs, signal);
        stopIfCancelled(signal);
        yield { type: "text", delta };
      }
      yield { type: "end", response };
    },
  };
}

function respond(request: ModelRequest, passOver: ReadonlySet<string>): ModelResponse {
  const { text, toolCalls } = decide(request, passOver);
  const said = JSON.stringify([request.instructions ?? "", request.messages, request.tools, request.output ?? null]);
  const written = text + toolCalls.map((call) => JSON.stringify(call.arguments)).join("");
  const longest = (request.maxOutputTokens ?? Number.POSITIVE_INFINITY) * CHARACTERS_A_TOKEN;
  const cut = text.length > longest;
  return {
    text: cut ? text.slice(0, longest).toWellFormed() : text,
    toolCalls,
    stop: toolCalls.length > 0 ? "tool_calls" : cut ? "length" : "end",
    usage: { inputTokens: tokens(said.length), outputTokens: tokens(Math.min(written.length, longest)) },
    model: "simulated",
    simulated: true,
  };
}

function tokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_A_TOKEN);
}

/** The text in pieces of a few words; joined they are the text again. */
function deltasOf(text: string): string[] {
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === "" ? [] : [text]);
  const deltas: string[] = [];
  for (let at = 0; at < words.length; at += WORDS_A_DELTA) deltas.push(words.slice(at, at + WORDS_A_DELTA).join(""));
  return deltas;
}

async function pauseUnlessCancelled(pause: Pause, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, signal);
  } catch (error) {
    stopIfCancelled(signal);
    throw error;
  }
}

function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new SignalboxError("cancelled", "The call of the simulated model was cancelled.");
}
