import type { FactOf } from "@signalbox/shared/events";
import type { ModelResponse } from "@signalbox/shared/models";
import { type DataOf, durationMs } from "@signalbox/shared/nodes";
import { SignalboxError } from "../../errors.ts";
import type { ModelMessage, ModelPart, ModelRequest, OfferedTool } from "../../models/model.ts";
import type { WorkContext } from "../runner.ts";

/** Failures that lie in what the model said: a new attempt must not walk through the same answers again. */
const startsAfresh = new Set(["output_invalid", "max_steps_exceeded", "tool_call_invalid", "model_refused"]);

export type Ask = (messages: readonly ModelMessage[], callsMade: number) => Promise<ModelResponse>;

interface Offered {
  instructions: string | undefined;
  /** What is wired to it on the canvas. */
  wired: readonly OfferedTool[];
  /** What it can do without a wire. */
  own: readonly OfferedTool[];
}

/** Whoever asks a model: an agent, or another node that has one. */
interface Asker {
  id: string;
  data: Pick<DataOf<"agent">, "model" | "budget" | "toolChoice" | "output" | "temperature" | "reasoning">;
}

/** How this agent asks its model: from the log where the answer is known, else on the wire, within the budget. */
export function createAsking(node: Asker, context: WorkContext, { instructions, wired, own }: Offered): Ask {
  const { data } = node;
  const offered = [...wired, ...own];
  const known = context.known(context.activation);
  const fresh = known?.lastError !== undefined && startsAfresh.has(known.lastError.code);
  const recorded = (known?.models ?? []).filter(({ attempt }) => !fresh || attempt >= context.attempt);
  const past = (known?.models ?? []).length - recorded.length;
  const { connection, modelId, model } = context.models.resolve(data.model ?? "");
  let call = past;

  return async (messages, callsMade) => {
    call += 1;
    const answered = recorded.find((made) => made.call === call)?.response;
    if (answered) return asResponse(answered);
    await refuseOverBudget(node, context);
    const { activation, attempt, clock } = context;
    const about = { node: node.id, activation, call };
    await context.record([
      { type: "model.called", ...about, attempt, connection, model: modelId, offered: offered.map(({ name }) => name) },
    ]);
    const startedAt = clock.now();
    const request: ModelRequest = {
      model: modelId,
      messages,
      tools: offered,
      ...(instructions === undefined ? {} : { instructions }),
      ...(data.toolChoice === undefined || wired.length === 0 ? {} : choiceAfter(data.toolChoice, callsMade)),
      ...(data.output === undefined ? {} : { output: data.output }),
      ...(data.temperature === undefined ? {} : { temperature: data.temperature }),
      ...(data.reasoning === undefined ? {} : { reasoning: data.reasoning }),
    };
    const response = await listen(model.stream(request, { signal: context.signal }), (text) =>
      context.stream(String(about.call), text),
    );
    const costUsd = context.models.costUsd(connection, response.model, response.usage);
    const ms = clock.now() - startedAt;
    await context.record([{ type: "model.responded", ...about, ...response, costUsd, ms }]);
    return response;
  };
}

/** A tool that must be called is called once; were it forced at every step, the agent could never answer. */
function choiceAfter(toolChoice: NonNullable<ModelRequest["toolChoice"]>, callsMade: number) {
  return callsMade > 0 && toolChoice !== "none" ? {} : { toolChoice };
}

async function listen(parts: AsyncIterable<ModelPart>, onText: (text: string) => void): Promise<ModelResponse> {
  let response: ModelResponse | undefined;
  for await (const part of parts) {
    if (part.type === "text") onText(part.delta);
    else if (part.type === "end") response = part.response;
  }
  if (response) return response;
  throw new SignalboxError("model_stream_truncated", "The model's answer ended before it was complete.", {
    retryable: true,
  });
}

async function refuseOverBudget(node: Asker, context: WorkContext): Promise<void> {
  const { budget } = node.data;
  if (!budget) return;
  const known = context.known(context.activation);
  const usage = known?.usage ?? { inputTokens: 0, outputTokens: 0, costUsd: 0 };
  const startedAt = known?.startedAt === undefined ? context.clock.now() : Date.parse(known.startedAt);
  const spent = [
    { name: "tokens", limit: budget.tokens, used: usage.inputTokens + usage.outputTokens },
    { name: "cost in US dollars", limit: budget.costUsd, used: usage.costUsd ?? 0 },
    {
      name: "time in milliseconds",
      limit: budget.time === undefined ? undefined : durationMs(budget.time),
      used: context.clock.now() - startedAt,
    },
  ];
  const over = spent.find(({ limit, used }) => limit !== undefined && used >= limit);
  if (over?.limit === undefined) return;
  await exceed(node.id, context, { budget: over.name, limit: over.limit, used: over.used });
}

/** Calls beyond the budget are not made: of a turn that asks for too many, none is. */
export async function refuseCallsOverBudget(
  { id, data: { budget } }: Asker,
  context: WorkContext,
  calls: { made: number; asked: number },
): Promise<void> {
  const limit = budget?.toolCalls;
  if (limit === undefined || calls.made + calls.asked <= limit) return;
  await exceed(id, context, { budget: "tool calls", limit, used: calls.made });
}

async function exceed(
  node: string,
  context: WorkContext,
  spent: Pick<FactOf<"budget.exceeded">, "budget" | "limit" | "used">,
): Promise<never> {
  await context.record([{ type: "budget.exceeded", node, activation: context.activation, ...spent }]);
  throw new SignalboxError("budget_exceeded", `${node} has used up its budget of ${spent.limit} for ${spent.budget}.`, {
    retryable: false,
  });
}

function asResponse(event: FactOf<"model.responded">): ModelResponse {
  // in the engine every value is in line; references stand only in what leaves it
  return event as ModelResponse;
}
