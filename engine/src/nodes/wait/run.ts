import type { RunFact } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { type DataOf, durationMs } from "@signalbox/shared/nodes";
import { SignalboxError } from "../../errors.ts";
import { asText } from "../as-text.ts";
import type { Done, Listening, Runner, Values } from "../runner.ts";

export const runWait: Runner<"wait"> = {
  kind: "wait",
  ownTimeout: true,
  input: ({ id, data }, values) => {
    const { signal, transient = false } = data;
    if (!signal) return data.for === undefined ? { until: untilOf(id, data, values) } : { for: data.for };
    const correlation = asText(values.template(signal.correlation ?? ""));
    return { signal: { name: signal.name ?? "", correlation }, transient };
  },
  open: ({ id: node, data }, values, { activation, now }) => {
    const timer = (purpose: "due" | "expiry", due: string): RunFact => {
      return { type: "timer.set", node, activation, timer: `${purpose}:${activation}`, purpose, due };
    };
    const due = data.signal ? undefined : dueOf(node, data, values, now);
    return [
      ...(due === undefined ? [] : [timer("due", due)]),
      ...(data.timeout === undefined ? [] : [timer("expiry", after(now, data.timeout))]),
    ];
  },
  wake: (_node, { activation: { signal }, fired: [first] }): Done | undefined => {
    if (signal !== undefined) return { handles: ["out"], output: { signal } };
    if (first === undefined) return undefined;
    return { handles: [first === "due" ? "out" : "expired"], output: {} };
  },
  listens: (input): Listening | undefined => {
    const { signal, transient } = isObject(input) ? input : {};
    if (signal === undefined || !isObject(signal)) return undefined;
    const { name, correlation } = signal;
    return { name: asText(name ?? null), correlation: asText(correlation ?? null), transient: transient === true };
  },
};

function dueOf(node: string, data: DataOf<"wait">, values: Values, now: number): string {
  return data.for === undefined ? untilOf(node, data, values) : after(now, data.for);
}

/** The time in `until`: a timestamp, or text that is one. */
function untilOf(node: string, { until = "" }: DataOf<"wait">, values: Values): string {
  const given = values.expression(until);
  const time = typeof given === "string" ? Date.parse(given) : Number.NaN;
  if (Number.isFinite(time)) return new Date(time).toISOString();
  throw new SignalboxError(
    "expression_failed",
    `"Until" of ${node} is no time: "${until}" gives ${JSON.stringify(given)}. Write one such as "2027-01-31T09:00:00Z".`,
  );
}

function after(now: number, duration: string): string {
  return new Date(now + durationMs(duration)).toISOString();
}

function isObject(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
