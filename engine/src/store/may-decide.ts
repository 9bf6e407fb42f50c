import type { Approval } from "@signalbox/shared/api";
import type { Assignee } from "@signalbox/shared/nodes";
import { SignalboxError } from "../errors.ts";
import type { Decider } from "./people.ts";

/** Refuses whoever is not among those who are asked. */
export function refuseDecider({ assignees, notBy }: Pick<Approval, "assignees" | "notBy">, who: Decider): void {
  if (notBy !== null && isNamed(notBy, who)) {
    throw new SignalboxError("forbidden", "You started this run, so someone else must decide this.");
  }
  if (assignees.length === 0 || assignees.some((assignee) => isMeant(assignee, who))) return;
  const wanted = assignees.map((assignee) => ("role" in assignee ? `the role ${assignee.role}` : assignee.user));
  throw new SignalboxError("forbidden", `You may not decide this. It is asked of ${wanted.join(" or ")}.`, {
    more: { assignees },
  });
}

function isMeant(assignee: Assignee, who: Decider): boolean {
  return "role" in assignee ? who.roles.includes(assignee.role) : isNamed(assignee.user, who);
}

/** What is recorded of a person is the name; a workflow may also give the id. */
function isNamed(name: string, { actor, person }: Decider): boolean {
  return name === actor || name === person.id || name === person.name;
}
