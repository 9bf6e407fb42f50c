import type { JsonObject } from "@signalbox/shared/json";
import { SignalboxError } from "../errors.ts";

/** The argument `url`, parsed. */
export function urlArgument({ url }: JsonObject): URL {
  const given = typeof url === "string" ? url : "";
  const parsed = URL.parse(given);
  if (parsed) return parsed;
  throw new SignalboxError("tool_arguments_invalid", `"${given}" is no URL. Write it in full, with https://.`, {
    path: "url",
    retryable: false,
  });
}
