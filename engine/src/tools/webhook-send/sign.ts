import { createHmac } from "node:crypto";

interface Sent {
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

/** The headers by which a receiver knows who sent this, when, and whether it has seen it before: Standard Webhooks, v1. */
export function signedHeaders({ id, timestamp, body }: Sent, key: Uint8Array): Record<string, string> {
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": `v1,${signature}` };
}
