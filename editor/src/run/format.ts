import type { RunEvent } from "@signalbox/shared/events";
import type { RunStatus, Usage } from "@signalbox/shared/run";

/** `840 ms`, `3.2 s`, `4 m 05 s`, `2 h 10 m`. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} m`;
}

/** `1,204 tokens · $0.0031`; nothing where nothing was used. */
export function formatUsage({ inputTokens, outputTokens, costUsd }: Usage): string {
  const tokens = inputTokens + outputTokens;
  if (tokens === 0) return "";
  const cost =
    costUsd === null || costUsd === 0 ? [] : [`$${costUsd < 0.01 ? costUsd.toFixed(4) : costUsd.toFixed(2)}`];
  return [`${tokens.toLocaleString("en")} tokens`, ...cost].join(" · ");
}

/** How a run's state is said. */
export const statusWords: Record<RunStatus, string> = {
  queued: "Queued",
  running: "Running",
  waiting: "Waiting",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** Whether a run in this state can still do something. */
export function isOpenStatus(status: RunStatus): boolean {
  return status === "queued" || status === "running" || status === "waiting";
}

/** An event in a few words: what happened, and to whom. */
export function eventWords(event: RunEvent): string {
  const subject = "edge" in event ? event.edge : "activation" in event ? event.activation : "";
  return subject === "" ? event.type : `${event.type} · ${subject}`;
}

/** `12:04:33.120`, in the reader's own time zone. */
export function formatClock(at: string): string {
  const date = new Date(at);
  const part = (value: number, width = 2) => String(value).padStart(width, "0");
  return `${part(date.getHours())}:${part(date.getMinutes())}:${part(date.getSeconds())}.${part(date.getMilliseconds(), 3)}`;
}

/** `just now`, `4 min ago`, `yesterday`, a date. */
export function formatAgo(at: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(at)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  if (minutes < 48 * 60) return "yesterday";
  return new Date(at).toLocaleDateString();
}
