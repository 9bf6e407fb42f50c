import * as z from "zod";

/** Any JSON value, as every value that a run carries. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export const Json: z.ZodType<Json> = z.json();

export type JsonObject = { [key: string]: Json };
export const JsonObject: z.ZodType<JsonObject> = z.record(z.string(), Json);

/** A JSON Schema (draft 2020-12) as people write it: an object whose words we read where we know them. */
export type JsonSchema = { [key: string]: Json };
