import type { Recording } from "../support/model-server/index.ts";

/** What a recording says, found without any of the code under test: by looking at all its events at once. */
export interface Expected {
  text: string;
  calls: { id: string; name: string; arguments: unknown }[];
  refusal: string | undefined;
  usage: { inputTokens: number; outputTokens: number };
  model: string;
  providerId: string | undefined;
}

// recordings are whatever the servers sent: the oracle looks at them as loosely as a person with `jq`
// biome-ignore lint/suspicious/noExplicitAny: see above
type Loose = any;

/** The payloads of a recording, in order; a payload that is no JSON is undefined. */
function payloadsOf({ sse }: Recording): Loose[] {
  const events = sse.replaceAll("\r\n", "\n").split("\n\n");
  return events.flatMap((event) => {
    const data = event
      .split("\n")
      .filter((line) => line.startsWith("data:"))
      .map((line) => line.slice(5).trim())
      .join("\n");
    if (data === "" || data === "[DONE]") return [];
    try {
      return [JSON.parse(data)];
    } catch {
      return [undefined];
    }
  });
}

/** What must arrive: an answer, or the message of an error. */
export function expectedOf(recording: Recording): Expected | { error: string } {
  const payloads = payloadsOf(recording);
  if (payloads.includes(undefined)) return { error: "not JSON" };
  const failed = payloads.find(
    (payload) => payload.error || payload.type === "error" || payload.type === "response.failed",
  );
  if (failed) return { error: (failed.error ?? failed.response?.error ?? failed).message };
  if (recording.api === "openai-chat") return chat(payloads);
  return recording.api === "anthropic" ? messages(payloads) : responses(payloads);
}

function chat(payloads: Loose[]): Expected {
  const deltas = payloads.map((payload) => payload.choices?.[0]?.delta).filter(Boolean);
  const contents = deltas.flatMap((delta) => delta.content ?? []);
  const text = contents.map((part) => (typeof part === "string" ? part : (part.text ?? ""))).join("");
  const pieces = deltas.flatMap((delta) => delta.tool_calls ?? []);
  const groups = Map.groupBy(pieces, (piece) => piece.index ?? piece.id);
  const calls = [...groups.values()].map((group) => ({
    id: group.find((piece) => piece.id).id,
    name: group.find((piece) => piece.function.name).function.name,
    arguments: JSON.parse(group.map((piece) => piece.function.arguments ?? "").join("") || "{}"),
  }));
  const usage = payloads.map((payload) => payload.usage ?? payload.choices?.[0]?.usage).findLast(Boolean);
  return {
    text,
    calls,
    refusal: deltas.map((delta) => delta.refusal ?? "").join("") || undefined,
    usage: { inputTokens: usage?.prompt_tokens ?? 0, outputTokens: usage?.completion_tokens ?? 0 },
    model: payloads.map((payload) => payload.model).find(Boolean),
    providerId: payloads.map((payload) => payload.id).find(Boolean),
  };
}

function responses(payloads: Loose[]): Expected {
  const { response } = payloads.findLast(
    (payload) => payload.type === "response.completed" || payload.type === "response.incomplete",
  );
  const done = payloads
    .filter((payload) => payload.type === "response.output_item.done")
    .map((payload) => payload.item);
  const output: Loose[] = response.output?.length > 0 ? response.output : done;
  const messagesOf = output.filter((item) => item.type === "message");
  const final = messagesOf.filter((item) => item.phase === "final_answer");
  const texts = (final.length > 0 ? final : messagesOf).map((item) =>
    item.content.map((part: Loose) => part.text ?? "").join(""),
  );
  const refusals = messagesOf.flatMap((item) => item.content.map((part: Loose) => part.refusal ?? ""));
  const calls = output.flatMap((item) => {
    if (item.type === "function_call")
      return [{ id: item.call_id, name: item.name, arguments: JSON.parse(item.arguments) }];
    return item.type === "custom_tool_call" ? [{ id: item.call_id, name: item.name, arguments: item.input }] : [];
  });
  return {
    text: texts.filter((text) => text !== "").join("\n\n"),
    calls,
    refusal: refusals.join("") || undefined,
    usage: { inputTokens: response.usage?.input_tokens ?? 0, outputTokens: response.usage?.output_tokens ?? 0 },
    model: response.model,
    providerId: response.id,
  };
}

function messages(payloads: Loose[]): Expected {
  // where the server began again, the last beginning counts
  const start = payloads.findLastIndex((payload) => payload.type === "message_start");
  const { message } = payloads[start];
  const events = payloads.slice(start);
  const ends = events.filter((payload) => payload.type === "message_delta");
  const blocks = events
    .filter((payload) => payload.type === "content_block_start")
    .map(({ index, content_block }) => {
      const deltas = events.filter((payload) => payload.type === "content_block_delta" && payload.index === index);
      const join = (key: string) => deltas.map(({ delta }) => delta[key] ?? "").join("");
      return { ...content_block, text: (content_block.text ?? "") + join("text"), json: join("partial_json") };
    });
  const spoken = blocks.filter((block) => block.type !== "text" || block.text !== "");
  const text = spoken
    .map((block, at) => {
      if (block.type !== "text") return "";
      const before = spoken.slice(0, at).some((earlier) => earlier.type === "text");
      return (before && spoken[at - 1].type !== "text" ? "\n\n" : "") + block.text;
    })
    .join("");
  const usage = Object.assign({}, message.usage, ...ends.map((end) => end.usage));
  const input = ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"];
  const refused = ends.find((end) => end.delta.stop_reason === "refusal");
  return {
    text,
    calls: blocks
      .filter((block) => block.type === "tool_use")
      .map(({ id, name, json, input: given }) => ({ id, name, arguments: json === "" ? given : JSON.parse(json) })),
    refusal: refused && (refused.delta.stop_details?.explanation ?? "The model declined to answer."),
    usage: {
      inputTokens: input.reduce((sum, key) => sum + (usage[key] ?? 0), 0),
      outputTokens: usage.output_tokens ?? 0,
    },
    model: message.model,
    providerId: message.id,
  };
}
