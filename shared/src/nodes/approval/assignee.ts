import * as z from "zod";

/** Who is asked: whoever has a role, or one person by name or id. */
export const Assignee = z.union([
  z.strictObject({ role: z.string().max(100) }),
  z.strictObject({ user: z.string().max(200) }),
]);
export type Assignee = z.infer<typeof Assignee>;
