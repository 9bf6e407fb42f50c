import type { Egress } from "../egress/egress.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { codeJavascript } from "./code-javascript/tool.ts";
import { httpRequest } from "./http-request/tool.ts";
import type { Tool } from "./tool.ts";

/** Every built-in tool. A new one is a folder and a line here; the editor learns of it from `GET /tools`. */
export function createTools({ egress, sandbox }: { egress: Egress; sandbox: Sandbox }): ReadonlyMap<string, Tool> {
  const tools = [httpRequest(egress), codeJavascript(sandbox)];
  return new Map(tools.map((tool) => [tool.name, tool]));
}
