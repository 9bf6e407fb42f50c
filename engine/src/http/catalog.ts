import { ModelConnectionFacts, TemplateFacts, ToolFacts, Workflow } from "@signalbox/shared/api";
import { RunEvent } from "@signalbox/shared/events";
import { Graph } from "@signalbox/shared/graph";
import * as z from "zod";
import { SignalboxError } from "../errors.ts";
import type { AppParts } from "./ports.ts";
import { defineRoute, type Route } from "./route.ts";

const items = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.null() });

/** What workflows can be made of: tools, models, templates, and the formats themselves. */
export function catalogRoutes({ tools, connections, templates, workflows }: AppParts): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/tools",
      summary: "Every tool with its JSON Schemas",
      auth: "session",
      answer: items(ToolFacts),
      handle: async () => {
        const facts = [...tools.values()].map(
          ({ name, title, description, input, output, outside, takesCredential = false }) => ({
            name,
            title,
            description,
            input,
            output,
            outside,
            takesCredential,
          }),
        );
        return { body: { items: facts, next: null } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/connections",
      summary: "Model connections and the models they suggest",
      auth: "session",
      answer: items(ModelConnectionFacts),
      handle: async () => {
        const facts = connections.map(({ name, title, suggestions }) => ({
          kind: "model",
          name,
          title,
          models: suggestions.map((model) => (model === name ? name : `${name}:${model}`)),
        }));
        return { body: { items: facts, next: null } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/templates",
      summary: "Ready-made workflows",
      auth: "session",
      answer: items(TemplateFacts),
      handle: async () => {
        const facts = templates.map(({ id, name, description, sampleInput }) => ({
          id,
          name,
          description,
          sampleInput,
        }));
        return { body: { items: facts, next: null } };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/templates/:id/instantiate",
      summary: "Make a workflow from a template",
      auth: "session",
      answer: Workflow,
      status: 201,
      handle: async ({ identity, params: { id = "" } }) => {
        const template = templates.find((one) => one.id === id);
        if (!template) throw new SignalboxError("not_found", `There is no template "${id}".`);
        return { body: await workflows.create(identity, template.graph) };
      },
    }),
    schemaRoute("graph", "The JSON Schema of the graph format", Graph),
    schemaRoute("events", "The JSON Schema of run events", RunEvent),
  ];
}

const formatVersion = 1;

function schemaRoute(name: "graph" | "events", summary: string, schema: z.ZodType): Route {
  const { $schema, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  const document = { $schema, $id: `urn:signalbox:${name}:${formatVersion}`, version: formatVersion, ...rest };
  return defineRoute({
    method: "GET",
    path: `/schema/${name}.json`,
    summary,
    auth: "none",
    handle: async () => ({ body: document }),
  });
}
