import type { Json, JsonObject } from "@signalbox/shared/json";
import type { Clock } from "../../clock.ts";
import { signingKey } from "../../credentials/send.ts";
import type { Egress } from "../../egress/egress.ts";
import { SignalboxError } from "../../errors.ts";
import type { Tool } from "../tool.ts";
import { urlArgument } from "../url-argument.ts";
import { signedHeaders } from "./sign.ts";

/** Tells another program that something has happened, signed by the Standard Webhooks scheme. */
export function webhookSend(egress: Egress, clock: Clock): Tool {
  return {
    name: "webhook.send",
    title: "Send webhook",
    description: "Sends JSON to a URL, signed so that the receiver knows who it is from and what it has seen before.",
    input: inputSchema,
    output: {
      type: "object",
      properties: { id: { type: "string" }, status: { type: "integer" } },
      required: ["id", "status"],
      additionalProperties: false,
    },
    // By the scheme: `webhook-id` is the same for every attempt of one call, and a receiver takes an id once. One that
    // does not keep to it may act twice after a crash; whoever sends to such a one sets "idempotent" of the node to false.
    idempotent: true,
    outside: true,
    takesCredential: true,
    call: async (args, { signal, idempotencyKey: id, credential }) => {
      const url = urlArgument(args).href;
      if (!credential) {
        const detail = 'webhook.send signs what it sends. Choose a credential of the kind "webhook" in the node.';
        throw new SignalboxError("credential_missing", detail, { retryable: false });
      }
      const key = signingKey(credential, url);
      const now = clock.now();
      const body = JSON.stringify(bodyOf(args, now));
      const { status, body: said } = await egress.request(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...signedHeaders({ id, timestamp: Math.floor(now / 1000), body }, key),
        },
        body,
        signal,
        // what is asked of another place is no longer this webhook, and an answer from there no receipt
        followsRedirects: false,
      });
      if (status >= 200 && status < 300) return { id, status };
      throw refused(url, status, new TextDecoder().decode(said));
    },
  };
}

const inputSchema: JsonObject = {
  type: "object",
  properties: {
    url: { type: "string", title: "URL", description: "A full address with http or https.", format: "uri" },
    payload: { title: "Payload", description: "Sent as JSON." },
    type: {
      type: "string",
      title: "Type",
      description: "What has happened, as order.paid. With it, the payload is sent as data beside type and timestamp.",
      pattern: "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*$",
      maxLength: 200,
    },
  },
  required: ["url", "payload"],
  additionalProperties: false,
};

/** With a type, the envelope that the scheme recommends; without one, the payload as it is. */
function bodyOf({ payload = null, type }: JsonObject, now: number): Json {
  return type === undefined ? payload : { type, timestamp: new Date(now).toISOString(), data: payload };
}

/** 429 and 5xx may pass; the others say that it will never be taken. */
function refused(url: string, status: number, said: string): SignalboxError {
  const retryable = status === 408 || status === 429 || status >= 500;
  const detail = `${url} answered ${status}: ${said.slice(0, 300)}`;
  return new SignalboxError("http_status", detail, { retryable });
}
