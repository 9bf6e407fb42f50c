import type { JsonSchema } from "../../json/index.ts";
import type { Catalog, FindingCode } from "../../validation/index.ts";
import { agent, begin, type FindingCase, node } from "./case.ts";

const takes: JsonSchema = {
  type: "object",
  properties: { url: { type: "string" }, tries: { type: "integer" } },
  required: ["url"],
  additionalProperties: false,
};
const catalog: Catalog = {
  tools: new Map([
    ["http.request", { input: takes, output: {}, takesCredential: true }],
    ["code", { input: {}, output: {} }],
  ]),
  connections: ["simulated", "openai"],
  credentials: ["cred_1"],
  workflows: new Map([
    ["send-mail", { publishedVersion: 2, inputs: new Map([["current", takes]]) }],
    ["draft", { publishedVersion: null }],
  ]),
};
const request = (data: object) => node("get", "tool", { tool: "http.request", ...data });
const child = (data: object) => node("sub", "subflow", data);
const started = (target: string) => [`start>${target}`];

/** What can be wrong with what nodes name and give outside the graph. */
export const names = {
  case_duplicate: [
    {
      what: "two cases of one id",
      nodes: [
        begin,
        node("which", "branch", { cases: ["a", "b"].map((when) => ({ id: "yes", when: `input.${when}` })) }),
      ],
      edges: started("which"),
      found: {
        path: "nodes.1.data.cases.1.id",
        node: "which",
        detail: 'Two cases of which have the id "yes". Rename one.',
      },
      fix: {
        title: 'Rename it to "yes_2"',
        steps: [{ do: "set_field", node: "which", path: ["cases", 1, "id"], value: "yes_2" }],
      },
    },
  ],
  tool_unknown: [
    {
      what: "a tool that is written nearly right",
      nodes: [begin, request({ tool: "http.requset" })],
      edges: started("get"),
      catalog,
      found: {
        path: "nodes.1.data.tool",
        node: "get",
        detail: 'There is no tool "http.requset". Choose another in get.',
      },
      fix: {
        title: "Use http.request",
        steps: [{ do: "set_field", node: "get", path: ["tool"], value: "http.request" }],
      },
    },
  ],
  tool_choice_unknown: [
    {
      what: "an agent that must call what it is not wired to",
      nodes: [begin, agent("ask", { toolChoice: { tool: "fetch" } }), request({ arguments: { url: "x" } })],
      edges: ["start>ask", "ask:uses>get"],
      catalog,
      found: {
        path: "nodes.1.data.toolChoice",
        node: "ask",
        detail: 'ask must call "fetch", but is not wired to it. It may call: get. Wire it, or choose another.',
      },
      fix: {
        title: "Use get",
        steps: [{ do: "set_field", node: "ask", path: ["toolChoice", "tool"], value: "get" }],
      },
    },
    {
      what: "an agent that must call something and may call nothing",
      nodes: [begin, agent("ask", { toolChoice: { tool: "fetch" } })],
      edges: started("ask"),
      found: {
        path: "nodes.1.data.toolChoice",
        node: "ask",
        detail: 'ask must call "fetch", but is not wired to it. It may call nothing. Wire it, or choose another.',
      },
      fix: { title: "Let the model decide", steps: [{ do: "set_field", node: "ask", path: ["toolChoice"] }] },
    },
  ],
  argument_missing: [
    {
      what: "a tool without what it needs",
      nodes: [begin, request({ arguments: { url: "" } })],
      edges: started("get"),
      catalog,
      found: {
        path: "nodes.1.data.arguments.url",
        node: "get",
        detail: 'get needs the argument "url". Fill it in.',
      },
    },
  ],
  argument_invalid: [
    {
      what: "a value of another type",
      nodes: [begin, request({ arguments: { url: "x", tries: "many" } })],
      edges: started("get"),
      catalog,
      found: {
        path: "nodes.1.data.arguments.tries",
        node: "get",
        detail: 'get, "tries": This must be a whole number.',
      },
    },
    {
      what: "text around a value where a number is asked for",
      nodes: [begin, request({ arguments: { url: "x", tries: "{{ input.n }} times" } })],
      edges: started("get"),
      catalog,
      found: {
        path: "nodes.1.data.arguments.tries",
        node: "get",
        detail: 'get, "tries": This gives text, but a whole number is asked for.',
      },
    },
    {
      what: "an argument that is written nearly right",
      nodes: [begin, request({ arguments: { url: "x", trise: 3 } })],
      edges: started("get"),
      catalog,
      found: {
        path: "nodes.1.data.arguments.trise",
        node: "get",
        detail: 'get is given "trise", which the tool "http.request" does not take. Remove it.',
      },
      fix: {
        title: 'Rename it to "tries"',
        steps: [
          { do: "set_field", node: "get", path: ["arguments", "trise"] },
          { do: "set_field", node: "get", path: ["arguments", "tries"], value: 3 },
        ],
      },
    },
  ],
  connection_unknown: [
    {
      what: "a connection that is written nearly right",
      nodes: [begin, agent("ask", { model: "opnai:gpt-5-mini" })],
      edges: started("ask"),
      catalog,
      found: {
        path: "nodes.1.data.model",
        node: "ask",
        detail: 'There is no model connection "opnai". There are: simulated, openai. Choose another in ask.',
      },
      fix: {
        title: "Use openai:gpt-5-mini",
        steps: [{ do: "set_field", node: "ask", path: ["model"], value: "openai:gpt-5-mini" }],
      },
    },
    {
      what: "a connection that is not set up here",
      nodes: [begin, agent("ask", { model: "anthropic:claude" })],
      edges: started("ask"),
      catalog,
      found: {
        path: "nodes.1.data.model",
        node: "ask",
        detail: 'There is no model connection "anthropic". There are: simulated, openai. Choose another in ask.',
      },
      fix: {
        title: "Use simulated",
        steps: [{ do: "set_field", node: "ask", path: ["model"], value: "simulated" }],
      },
    },
  ],
  credential_unknown: [
    {
      what: "a credential that is not stored",
      nodes: [begin, request({ arguments: { url: "x" }, credential: { $credential: "cred_2" } })],
      edges: started("get"),
      catalog,
      found: {
        path: "nodes.1.data.credential",
        node: "get",
        detail: 'get names the credential "cred_2", which is not stored here. Choose another.',
      },
    },
  ],
  credential_not_taken: [
    {
      what: "a credential for a tool that sends none",
      nodes: [begin, request({ tool: "code", credential: { $credential: "cred_1" } })],
      edges: started("get"),
      catalog,
      found: {
        path: "nodes.1.data.credential",
        node: "get",
        detail: 'get names a credential, but the tool "code" takes none. Remove it.',
      },
      fix: { title: "Remove the credential", steps: [{ do: "set_field", node: "get", path: ["credential"] }] },
    },
  ],
  workflow_unknown: [
    {
      what: "a workflow that is written nearly right",
      nodes: [begin, child({ workflow: "send-mial", input: { url: "x" } })],
      edges: started("sub"),
      catalog,
      found: {
        path: "nodes.1.data.workflow",
        node: "sub",
        detail: 'sub runs the workflow "send-mial", which there is not. Choose another.',
      },
      fix: {
        title: "Use send-mail",
        steps: [{ do: "set_field", node: "sub", path: ["workflow"], value: "send-mail" }],
      },
    },
  ],
  version_unknown: [
    {
      what: "a version that was never published",
      nodes: [begin, child({ workflow: "send-mail", version: 3 })],
      edges: started("sub"),
      catalog,
      found: {
        path: "nodes.1.data.version",
        node: "sub",
        detail: 'sub runs version 3 of "send-mail", but the newest is version 2. Choose another.',
      },
      fix: { title: "Run the published version", steps: [{ do: "set_field", node: "sub", path: ["version"] }] },
    },
    {
      what: "a version of what was never published",
      nodes: [begin, child({ workflow: "draft", version: 1 })],
      edges: started("sub"),
      catalog,
      found: {
        path: "nodes.1.data.version",
        node: "sub",
        detail: 'sub runs version 1 of "draft", but none is published. Choose another.',
      },
      fix: { title: "Run the draft", steps: [{ do: "set_field", node: "sub", path: ["version"] }] },
    },
  ],
  input_missing: [
    {
      what: "a workflow without what it needs",
      nodes: [begin, child({ workflow: "send-mail" })],
      edges: started("sub"),
      catalog,
      found: { path: "nodes.1.data.input.url", node: "sub", detail: 'sub needs the input "url". Fill it in.' },
    },
  ],
  input_invalid: [
    {
      what: "an expression of another type",
      nodes: [begin, child({ workflow: "send-mail", input: { url: "x", tries: "{{ input.name }}" } })],
      edges: started("sub"),
      input: { type: "object", properties: { name: { type: "string" } } },
      catalog,
      found: {
        path: "nodes.1.data.input.tries",
        node: "sub",
        detail: 'sub, "tries": This gives text, but a whole number is asked for.',
      },
    },
    {
      what: "what the workflow does not take",
      nodes: [begin, child({ workflow: "send-mail", input: { url: "x", colour: "red" } })],
      edges: started("sub"),
      catalog,
      found: {
        path: "nodes.1.data.input.colour",
        node: "sub",
        detail: 'sub is given "colour", which the workflow "send-mail" does not take. Remove it.',
      },
      fix: {
        title: 'Remove "colour"',
        steps: [{ do: "set_field", node: "sub", path: ["input", "colour"] }],
      },
    },
  ],
} satisfies Partial<Record<FindingCode, FindingCase[]>>;
