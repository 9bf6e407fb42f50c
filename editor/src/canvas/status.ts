import type { Json } from "@signalbox/shared/json";
import type { Activation } from "@signalbox/shared/run";
import { oneLine } from "../nodes/look.ts";
import { formatMs, formatUsage } from "../run/format.ts";
import type { NodeRunView } from "../run/hooks.ts";

/** What a card says of its node's run: the news, and under it the figures. */
export interface StatusWords {
  line: string;
  figures: string;
}

/** Says how a node stands. `now` counts where something runs. */
export function statusWords(view: NodeRunView, now: number): StatusWords {
  const { status, latest } = view;
  switch (status) {
    case "idle":
      return { line: "", figures: "" };
    case "queued":
      return { line: "Queued", figures: "" };
    case "running":
      return { line: doing(latest), figures: join(since(latest, now), several(view)) };
    case "streaming":
      return { line: "", figures: "" };
    case "waiting":
      return { line: view.approval?.title ?? waitsFor(latest), figures: since(latest, now) };
    case "retrying":
      return { line: oneLine(latest?.lastError?.message) || "The last attempt failed", figures: retrying(latest, now) };
    case "in_doubt":
      return { line: "Nobody knows whether its effect happened. A person must decide.", figures: "" };
    case "succeeded":
      return { line: gave(view), figures: join(took(latest), formatUsage(usage(view)), several(view)) };
    case "failed":
      return { line: oneLine(latest?.error?.message) || "Failed", figures: join(took(latest), several(view)) };
    case "skipped":
      return { line: "Skipped: no edge into it was taken", figures: several(view) };
    case "cancelled":
      return { line: "Cancelled", figures: took(latest) };
    case "reused":
      return { line: gave(view), figures: "from an earlier run" };
  }
}

/** The end of a text: as much as two lines of a card can show. */
export function lastLines(text: string): string {
  return text.length > 220 ? `…${text.slice(-220)}` : text;
}

function join(...parts: string[]): string {
  return parts.filter(Boolean).join(" · ");
}

function doing(latest: Activation | undefined): string {
  const tool = latest?.tools.findLast(({ endedAt }) => endedAt === undefined);
  if (tool) return `Calling ${tool.tool}`;
  const model = latest?.models.at(-1);
  return model && !model.response ? `Asking ${model.model}` : "Running";
}

/** What a node that no person holds up waits for. */
function waitsFor({ child, input }: Pick<Activation, "child" | "input"> = {}): string {
  if (child) return `The run of ${child.workflow} waits`;
  if (input === null || typeof input !== "object" || Array.isArray(input)) return "Waiting";
  const { signal, until, for: span } = input;
  if (signal !== undefined && signal !== null && typeof signal === "object" && !Array.isArray(signal)) {
    return typeof signal.name === "string" ? `Waiting for the signal ${signal.name}` : "Waiting for a signal";
  }
  if (typeof until === "string") return `Waiting until ${new Date(until).toLocaleString()}`;
  return typeof span === "string" ? `Waiting for ${span}` : "Waiting";
}

function since(latest: Activation | undefined, now: number): string {
  if (latest?.startedAt === undefined) return "";
  const seconds = Math.max(0, Math.floor((now - Date.parse(latest.startedAt)) / 1000));
  return seconds < 1 ? "" : seconds < 60 ? `${seconds} s` : formatMs(seconds * 1000);
}

function took(latest: Activation | undefined): string {
  if (latest?.startedAt === undefined || latest.endedAt === undefined) return "";
  const ms = Date.parse(latest.endedAt) - Date.parse(latest.startedAt);
  return ms < 1 ? "" : formatMs(ms);
}

function retrying(latest: Activation | undefined, now: number): string {
  if (!latest) return "";
  const due = latest.retryDue === undefined ? 0 : Math.ceil((Date.parse(latest.retryDue) - now) / 1000);
  return join(`attempt ${latest.attempt} failed`, due > 0 ? `next try in ${due} s` : "trying again");
}

function usage({ activations }: NodeRunView): Activation["usage"] {
  const total = { inputTokens: 0, outputTokens: 0, costUsd: 0 as number | null };
  for (const { usage: used } of activations) {
    total.inputTokens += used.inputTokens;
    total.outputTokens += used.outputTokens;
    total.costUsd = total.costUsd === null || used.costUsd === null ? null : total.costUsd + used.costUsd;
  }
  return total;
}

/** `12 times, 1 failed`: where a node ran more than once. */
function several({ activations, counts }: NodeRunView): string {
  if (activations.length < 2) return "";
  const failed = counts.failed ?? 0;
  return failed > 0 ? `${activations.length} times, ${failed} failed` : `${activations.length} times`;
}

function gave({ text, latest }: NodeRunView): string {
  const output = latest?.output;
  if (text && !text.trimStart().startsWith("{")) return oneLine(text);
  return output === undefined || output === null ? "Done" : brief(output);
}

/** A value in a line: `urgency high · topic refund`. */
export function brief(value: Json): string {
  if (typeof value === "string") return oneLine(value);
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.length === 1 ? "1 item" : `${value.length} items`;
  const parts = Object.entries(value).map(([key, held]) => {
    const nested = held !== null && typeof held === "object";
    return nested ? key : `${key} ${oneLine(String(held)).slice(0, 60)}`;
  });
  const [only] = Object.values(value);
  return parts.length === 1 && typeof only === "string" ? oneLine(only) : parts.join(" · ").slice(0, 200) || "Done";
}
