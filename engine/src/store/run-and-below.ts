import { sql } from "kysely";

/** A run and all that it has made: what its subflows ask is asked of whoever looks at it. */
export function runAndBelow(run: string) {
  return sql`(with recursive below(id) as (
    select ${run}::text union all select run.id from run join below on run.parent = below.id
  ) select id from below)`;
}
