import { Problem } from "@signalbox/shared/api";
import * as z from "zod";
import type { Route } from "./route.ts";
import { defineRoute } from "./route.ts";

/** The route that serves the OpenAPI document of all others. */
export function openApi(routes: readonly Route[]): Route {
  const route = defineRoute({
    method: "GET",
    path: "/openapi.json",
    summary: "This document",
    auth: "none",
    handle: async () => ({ body: document }),
  });
  const document = describe([...routes, route]);
  return route;
}

function describe(routes: readonly Route[]) {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:([a-zA-Z]+)/g, "{$1}")}`;
    const methods = paths[path] ?? {};
    paths[path] = methods;
    methods[route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Signalbox", version: "1" },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem) },
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "signalbox_session" },
      },
    },
  };
}

function operation(route: Route): object {
  const names = [...route.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name]) => name);
  const query = route.query ? schemaOf(route.query) : undefined;
  const content = (schema: object) => ({ "application/json": { schema } });
  return {
    summary: route.summary,
    ...(route.auth === "none" ? { security: [] } : { security: [{ token: [] }, { session: [] }] }),
    parameters: [
      ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
      ...Object.entries(query?.properties ?? {}).map(([name, schema]) => ({ name, in: "query", schema })),
    ],
    ...(route.body ? { requestBody: { required: true, content: content(schemaOf(route.body)) } } : {}),
    responses: {
      [String(route.status ?? (route.answer ? 200 : 204))]: {
        description: route.summary,
        ...(route.answer ? { content: content(schemaOf(route.answer)) } : {}),
      },
      default: {
        description: "Refused",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function schemaOf(schema: z.ZodType) {
  return z.toJSONSchema(schema, { unrepresentable: "any", io: "input", target: "draft-2020-12" });
}
