import { nearest } from "../expressions/index.ts";
import { type Fix, freeName } from "../fixes/index.ts";
import type { GraphNode } from "../graph/index.ts";
import type { Json } from "../json/index.ts";
import { type Draft, fixOf, nameOf } from "./draft.ts";

/** What nodes name outside the graph: tools, connections, credentials; what they call; and cases that stand twice. */
export function checkNames(draft: Draft): void {
  for (const node of draft.graph.nodes) {
    const { data } = node;
    if ("tool" in data && data.tool !== undefined) checkTool(draft, node, data.tool);
    if ("credential" in data && data.credential) checkCredential(draft, node, data.credential.$credential, data.tool);
    if ("model" in data && data.model !== undefined) checkConnection(draft, node, data.model);
    if ("toolChoice" in data && typeof data.toolChoice === "object") checkChoice(draft, node, data.toolChoice.tool);
    if ("cases" in data) checkCases(draft, node, data.cases ?? []);
  }
}

function checkTool({ catalog, aboutNode }: Draft, node: GraphNode, name: string): void {
  if (!catalog.tools || name === "" || catalog.tools.has(name)) return;
  const what = `There is no tool "${name}". Choose another in ${nameOf(node)}.`;
  const fix = switchTo(node, ["tool"], nearest(name, [...catalog.tools.keys()]));
  aboutNode(node, "tool_unknown", what, { field: "data.tool", fix });
}

function checkCredential({ catalog, aboutNode }: Draft, node: GraphNode, id: string, tool = ""): void {
  const field = "data.credential";
  const known = catalog.tools?.get(tool);
  if (known && known.takesCredential !== true) {
    const what = `${nameOf(node)} names a credential, but the tool "${tool}" takes none. Remove it.`;
    const fix = fixOf("Remove the credential", { do: "set_field", node: node.id, path: ["credential"] });
    aboutNode(node, "credential_not_taken", what, { field, fix });
  } else if (catalog.credentials && !catalog.credentials.includes(id)) {
    // no other is offered: which secret is sent is for people to choose
    const what = `${nameOf(node)} names the credential "${id}", which is not stored here. Choose another.`;
    aboutNode(node, "credential_unknown", what, { field });
  }
}

const builtIn = "simulated";

function checkConnection({ catalog, aboutNode }: Draft, node: GraphNode, model: string): void {
  if (!catalog.connections || model === "") return;
  const [connection = ""] = model.split(":", 1);
  if (catalog.connections.includes(connection)) return;
  const known = catalog.connections.join(", ");
  const what = `There is no model connection "${connection}". There are: ${known || "none"}. Choose another in ${nameOf(node)}.`;
  const near = nearest(connection, catalog.connections);
  const instead =
    near !== undefined && near !== builtIn
      ? near + model.slice(connection.length)
      : catalog.connections.find((one) => one === builtIn);
  aboutNode(node, "connection_unknown", what, { field: "data.model", fix: switchTo(node, ["model"], instead) });
}

/** An agent that must call something must be allowed to. */
function checkChoice({ plan, aboutNode }: Draft, node: GraphNode, name: string): void {
  const callable = plan.nodes.get(node.id)?.uses ?? [];
  if (callable.includes(name)) return;
  const known = callable.length > 0 ? `It may call: ${callable.join(", ")}.` : "It may call nothing.";
  const what = `${nameOf(node)} must call "${name}", but is not wired to it. ${known} Wire it, or choose another.`;
  const near = callable.length === 1 ? callable[0] : nearest(name, callable);
  const fix =
    near === undefined
      ? fixOf("Let the model decide", { do: "set_field", node: node.id, path: ["toolChoice"] })
      : switchTo(node, ["toolChoice", "tool"], near);
  aboutNode(node, "tool_choice_unknown", what, { field: "data.toolChoice", fix });
}

function checkCases({ aboutNode }: Draft, node: GraphNode, cases: readonly { id: string }[]): void {
  const ids = new Set(cases.map(({ id }) => id));
  const seen = new Set<string>();
  for (const [index, { id }] of cases.entries()) {
    if (seen.has(id)) {
      const to = freeName(id.slice(0, 56), ids, "_");
      const what = `Two cases of ${nameOf(node)} have the id "${id}". Rename one.`;
      const path = ["cases", index, "id"];
      const fix = fixOf(`Rename it to "${to}"`, { do: "set_field", node: node.id, path, value: to });
      aboutNode(node, "case_duplicate", what, { field: `data.cases.${index}.id`, fix });
    }
    seen.add(id);
  }
}

function switchTo(node: GraphNode, path: string[], value: Json | undefined): Fix | undefined {
  if (value === undefined) return undefined;
  const said = typeof value === "string" ? value : JSON.stringify(value);
  return fixOf(`Use ${said}`, { do: "set_field", node: node.id, path, value });
}
