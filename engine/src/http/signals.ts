import { SendSignal, SentSignal } from "@signalbox/shared/api";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";

/** What other systems tell the runs that wait for it. */
export function signalRoutes({ signals, runs }: AppParts): Route[] {
  return [
    defineRoute({
      method: "POST",
      path: "/signals/:name",
      summary: "Send a signal: to the first node that waits for it, or kept for 24 hours",
      auth: "session",
      body: SendSignal,
      answer: SentSignal,
      status: 202,
      handle: async ({ identity, params: { name = "" }, body: { correlation, payload } }) => {
        const signal = await signals.send(identity, { name, correlation, payload });
        if (signal.run !== null) runs.wake(signal.run);
        return { body: { signal } };
      },
    }),
  ];
}
