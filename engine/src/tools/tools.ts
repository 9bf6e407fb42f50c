import type { Clock } from "../clock.ts";
import type { Egress } from "../egress/egress.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { codeJavascript } from "./code-javascript/tool.ts";
import { httpRequest } from "./http-request/tool.ts";
import type { Tool } from "./tool.ts";
import { webFetch } from "./web-fetch/tool.ts";
import { webhookSend } from "./webhook-send/tool.ts";

interface Doors {
  egress: Egress;
  sandbox: Sandbox;
  clock: Clock;
}

/** Every built-in tool. A new one is a folder and a line here; the editor learns of it from `GET /tools`. */
export function createTools({ egress, sandbox, clock }: Doors): ReadonlyMap<string, Tool> {
  const tools = [httpRequest(egress), webFetch(egress), webhookSend(egress, clock), codeJavascript(sandbox)];
  return new Map(tools.map((tool) => [tool.name, tool]));
}
