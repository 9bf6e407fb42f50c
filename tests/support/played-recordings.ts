import { isNodeId } from "@signalbox/shared/nodes";
import { startEngine, type TestEngine } from "./engine.ts";
import { asked, listRecordedErrors, listRecordings, startModelServer, type WireApi } from "./model-server/index.ts";

const found = listRecordings();

/** Whether the corpora are here: without them there is nothing to play. */
export const hasRecordings = found !== undefined;

/** Every recorded stream, with the number by which an input names it. */
export const recordings = (found?.recordings ?? []).map((recording, index) => ({ ...recording, index }));
export type NumberedRecording = (typeof recordings)[number];

/** Every recorded refusal, likewise. */
export const refusals = (listRecordedErrors() ?? []).map((refusal, index) => ({ ...refusal, index }));

/** Engines whose models are recordings. */
export interface Players {
  /** The one that speaks this API. There are two, each on its database: an engine speaks one of OpenAI's APIs. */
  engineFor: (api: WireApi) => TestEngine;
  engines: readonly TestEngine[];
  /** Starts an agent that is answered with what the input names, and may call these tools. */
  start: (api: WireApi, input: string, wanted?: readonly string[]) => Promise<string>;
  stop: () => Promise<void>;
}

/** Starts the engines, and the server that plays `play 3`, `play 3 7` (in pieces of 7 bytes) and `error 3`. */
export async function startPlayers(): Promise<Players> {
  // an agent that was answered with calls asks again, and then it is told that all is done
  const server = await startModelServer({
    script: (request) => {
      const { prompt, results } = asked(request);
      const [kind, index = "", bytes] = prompt.split(" ");
      if (results.length > 0) return { text: "done" };
      if (kind === "error") return refusals[Number(index)] ?? {};
      const sse = recordings[Number(index)]?.sse ?? "";
      return bytes === undefined ? { sse } : { sse, chunkBytes: Number(bytes) };
    },
  });
  const keys = { OPENAI_API_KEY: "sk-test", ANTHROPIC_API_KEY: "sk-test" };
  const environment = { ...keys, OPENAI_BASE_URL: server.openAiUrl, ANTHROPIC_BASE_URL: server.anthropicUrl };
  const [chat, responses] = await Promise.all([
    startEngine("embedded", { ...environment, OPENAI_API: "chat" }),
    startEngine("postgres", { ...environment, OPENAI_API: "responses" }),
  ]);
  const engineFor = (api: WireApi) => (api === "openai-chat" ? chat : responses);
  return {
    engineFor,
    engines: [chat, responses],
    start: (api, input, wanted = []) => engineFor(api).run(graphOf(api, wanted), input),
    stop: async () => {
      await Promise.all([chat.stop(0), responses.stop(0)]);
      await server.close();
    },
  };
}

/** An agent to which everything is wired that it will want to call and that a node may be named. */
function graphOf(api: WireApi, wanted: readonly string[]) {
  const names = [...new Set(wanted)].filter((name) => isNodeId(name) && !["start", "agent", "stop"].includes(name));
  const place = (x: number, y: number) => ({ position: { x, y } });
  const model = api === "anthropic" ? "anthropic:claude-sonnet-5" : "openai:gpt-5-mini";
  const tools = names.map((id, index) => ({
    id,
    type: "tool",
    data: { tool: "code.javascript", arguments: { code: "return 1" } },
    ...place(280 * (index + 1), 240),
  }));
  const permissions = names.map((target) => ({ id: `uses_${target}`, source: "agent", sourceHandle: "uses", target }));
  return {
    format: "signalbox.graph/1",
    name: "Played",
    nodes: [
      { id: "start", type: "start", data: {}, ...place(0, 0) },
      { id: "agent", type: "agent", data: { model, prompt: "{{ input }}" }, ...place(280, 0) },
      { id: "stop", type: "end", data: { output: "{{ agent.text }}" }, ...place(560, 0) },
      ...tools,
    ],
    edges: [
      { id: "a", source: "start", target: "agent" },
      { id: "b", source: "agent", target: "stop" },
      ...permissions,
    ],
  };
}
