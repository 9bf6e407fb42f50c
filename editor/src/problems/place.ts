import type { Finding } from "@signalbox/shared/validation";

/** Where a finding is, from its node or edge: `data.prompt` of `nodes.2.data.prompt`. Empty for the whole. */
export function placeOf({ path }: Pick<Finding, "path">): string {
  return path.split(".").slice(2).join(".");
}

/** Whether a place is a field, or lies inside it. */
export function isWithin(place: string, field: string): boolean {
  return place === field || place.startsWith(`${field}.`);
}

/** Whether a finding says no more than that something is not there. */
export function isMissing({ code }: Pick<Finding, "code">): boolean {
  return code === "required_missing" || code === "argument_missing" || code === "input_missing";
}

/** The sentence without the node's name before it: where it is shown, the node is known. */
export function shortDetail({ code, detail }: Pick<Finding, "code" | "detail">): string {
  if (isMissing({ code })) return "Needed before this can run.";
  const colon = /^(?:[^:()]{1,200} \([a-z][a-z0-9_]*\)|[a-z][a-z0-9_]*): /.exec(detail);
  // after its title a node's id says nothing new
  return (colon ? detail.slice(colon[0].length) : detail).replace(/ \([a-z][a-z0-9_]*\)/, "");
}

/** A key for each of some findings; a graph can have the very same finding twice. */
export function keyed(findings: readonly Finding[]): { key: string; finding: Finding }[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const base = `${finding.code} ${finding.path} ${finding.range?.start ?? ""}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return { key: `${base} ${count}`, finding };
  });
}
