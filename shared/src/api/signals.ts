import * as z from "zod";
import { Json } from "../json/index.ts";
import { plainText } from "./problem.ts";

export const SendSignal = z.strictObject({ correlation: plainText(2000).default(""), payload: Json.default(null) });

/** `run`: whose node has it now; null: it is kept for the first that waits. */
export const SentSignal = z.object({ signal: z.object({ id: z.string(), run: z.string().nullable() }) });
