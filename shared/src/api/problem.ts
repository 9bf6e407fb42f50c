import * as z from "zod";

/** Every refusal over HTTP, as `application/problem+json`. */
export const Problem = z.looseObject({
  status: z.int(),
  /** Stable, for programs. */
  code: z.string(),
  /** One sentence for people: what happened and what to do. */
  detail: z.string(),
  path: z.string().optional(),
  limit: z.number().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** One page of a list; `next` is the cursor of the following one. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Text that is kept in a column of its own: databases keep no NUL in it. */
export function plainText(most: number) {
  return z
    .string()
    .max(most)
    .refine((text) => !text.includes("\0"), "This may not hold the NUL character.");
}

const limit = z.coerce.number().int().min(1).max(500).default(50);
export const PageQuery = z.strictObject({
  limit,
  cursor: z.string().max(300).optional(),
  space: z.string().optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;
