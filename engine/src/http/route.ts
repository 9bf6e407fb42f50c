import type { IncomingHttpHeaders } from "node:http";
import type * as z from "zod";
import type { Identity } from "../store/people.ts";

/** What a handler is given: values that have been parsed, and nothing else of the request. */
interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  identity: Identity;
  headers: IncomingHttpHeaders;
  /** Aborted when the other side hangs up. */
  signal: AbortSignal;
}

export interface Answer {
  status?: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Sent as it is, instead of JSON. */
  text?: { type: string; content: string | AsyncIterable<string> };
}

/** One route: everything about it is declared, so that none is open, unparsed or undocumented by mistake. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Under /api/v1, with `:name` for parameters. */
  path: string;
  summary: string;
  auth: "none" | "session";
  query?: z.ZodType;
  body?: z.ZodType;
  /** Largest body in bytes, 1 MiB unless said. */
  bodyLimit?: number;
  answer?: z.ZodType;
  status?: number;
  handle: (call: Call<Record<string, string>, unknown, unknown>) => Promise<Answer>;
}

interface Declaration<Query extends z.ZodType, Body extends z.ZodType>
  extends Omit<Route, "query" | "body" | "handle"> {
  query?: Query;
  body?: Body;
  handle: (call: Call<Record<string, string>, z.infer<Query>, z.infer<Body>>) => Promise<Answer>;
}

/** Declares a route; its handler sees the types of its schemas. */
export function defineRoute<Query extends z.ZodType, Body extends z.ZodType>(route: Declaration<Query, Body>): Route {
  // the server parses with these very schemas before it calls the handler
  return route as unknown as Route;
}
