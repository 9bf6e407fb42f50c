import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Json } from "@signalbox/shared/json";
import type { WireApi } from "./wire.ts";

/** One recorded answer of a real server. */
export interface Recording {
  /** The file it is from, and which of its answers it is where there are several. */
  name: string;
  api: WireApi;
  /** The stream as it went over the wire. */
  sse: string;
}

/** A stream in the corpus that is not played, and why. */
export interface ExcludedRecording {
  name: string;
  reason: string;
}

/** One recorded refusal of a real server. */
export interface RecordedError {
  name: string;
  api: WireApi;
  status: number;
  body: string;
}

/** Where the corpora are: beside the checkout, or where `SIGNALBOX_CORPORA` says. */
export function corporaFolder(): string {
  return process.env.SIGNALBOX_CORPORA ?? resolve(import.meta.dirname, "../../../../shared/corpora");
}

/** The recorded streams of OpenAI Chat, OpenAI Responses and Anthropic; undefined where the corpora are not. */
export function listRecordings(): { recordings: Recording[]; excluded: ExcludedRecording[] } | undefined {
  const folder = join(corporaFolder(), "llm-wire");
  if (!existsSync(folder)) return undefined;
  const recordings: Recording[] = [];
  const excluded: ExcludedRecording[] = [];
  for (const path of globSync("*/*/*.json", { cwd: folder }).sort()) {
    const file = JSON.parse(readFileSync(join(folder, path), "utf8")) as Fields;
    for (const found of [...payloads(path, file), ...rawStream(path, file), ...cassette(path, file)]) {
      if ("reason" in found) excluded.push(found);
      else recordings.push(found);
    }
  }
  return { recordings, excluded };
}

/** The recorded refusals of models' requests, in cassettes of requests and answers. */
export function listRecordedErrors(): RecordedError[] | undefined {
  const folder = join(corporaFolder(), "llm-wire");
  if (!existsSync(folder)) return undefined;
  return globSync("*/*/*.json", { cwd: folder })
    .sort()
    .flatMap((path) => {
      const { interactions } = JSON.parse(readFileSync(join(folder, path), "utf8")) as Fields;
      if (!Array.isArray(interactions)) return [];
      return interactions.map(fields).flatMap((interaction, at): RecordedError[] => {
        const { status, json, text } = fields(interaction.response);
        if (typeof status !== "number" || status < 400) return [];
        const body = typeof text === "string" ? text : JSON.stringify(json);
        return [{ name: `${path} #${at + 1}`, api: apiOfUri(interaction), status, body }];
      });
    });
}

type Fields = { [key: string]: Json };
type Found = Recording | ExcludedRecording;

// a file of the events' payloads, one after another; some hold several answers
function payloads(name: string, { kind, events }: Fields): Found[] {
  if (kind !== "sse-data-payloads" || !Array.isArray(events)) return [];
  const first = fields(events[0]);
  const raw = typeof first._raw === "string" ? first._raw : JSON.stringify(first);
  const api = apiOfPayload(raw);
  if (!api) return [{ name, reason: "of another API" }];
  const answers = splitAfterEnds(events);
  return answers.map((answer, at) => ({
    name: answers.length > 1 ? `${name} #${at + 1}` : name,
    api,
    sse: answer.map((event) => sseOf(event, api)).join("") + (api === "openai-chat" ? "data: [DONE]\n\n" : ""),
  }));
}

function rawStream(name: string, { kind, sse }: Fields): Found[] {
  if (kind !== "raw-sse" || typeof sse !== "string") return [];
  const api = apiOfPayload(sse);
  return api ? [{ name, api, sse }] : [{ name, reason: "of another API" }];
}

// requests and answers as a proxy saw them
function cassette(path: string, { interactions }: Fields): Found[] {
  if (!Array.isArray(interactions)) return [];
  return interactions.map(fields).flatMap((interaction, at): Found[] => {
    const response = fields(interaction.response);
    const type = fields(response.headers)["content-type"];
    const sse = response.sse ?? response.text;
    if (typeof type !== "string" || !type.includes("event-stream") || typeof sse !== "string") return [];
    const name = `${path} #${at + 1}`;
    const api = apiOfUri(interaction);
    return [{ name, api, sse }];
  });
}

function apiOfUri(interaction: Fields): WireApi {
  const { uri } = fields(interaction.request);
  const path = typeof uri === "string" ? uri : "";
  if (path.includes("/messages")) return "anthropic";
  return path.includes("/responses") ? "openai-responses" : "openai-chat";
}

function apiOfPayload(text: string): WireApi | undefined {
  if (/"type":\s*"message_start"/.test(text)) return "anthropic";
  if (/"type":\s*"response\./.test(text)) return "openai-responses";
  return /"choices":/.test(text) && !/"object":\s*"text_completion"/.test(text) ? "openai-chat" : undefined;
}

const lastEvents = new Set<Json | undefined>(["message_stop", "response.completed", "response.incomplete"]);

function splitAfterEnds(events: readonly Json[]): Json[][] {
  const answers: Json[][] = [[]];
  for (const event of events) {
    answers.at(-1)?.push(event);
    if (lastEvents.has(fields(event).type)) answers.push([]);
  }
  return answers.filter((answer) => answer.length > 0);
}

function sseOf(event: Json, api: WireApi): string {
  const { _raw, type } = fields(event);
  // a payload that was no JSON was kept as its text
  const data = typeof _raw === "string" ? _raw : JSON.stringify(event);
  const named = api !== "openai-chat" && typeof type === "string";
  return `${named ? `event: ${type}\n` : ""}data: ${data}\n\n`;
}

function fields(value: Json | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
