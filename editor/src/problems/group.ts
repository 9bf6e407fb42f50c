import type { Finding } from "@signalbox/shared/validation";

/** Findings as the screen needs them: all, those of each node, and how many of each kind. */
export interface Findings {
  all: readonly Finding[];
  byNode: ReadonlyMap<string, readonly Finding[]>;
  counts: FindingCounts;
}

/** How many findings of each severity there are. */
export interface FindingCounts {
  error: number;
  warning: number;
}

const nobody: readonly Finding[] = [];

export const noFindings: Findings = { all: nobody, byNode: new Map(), counts: { error: 0, warning: 0 } };

/** New findings in the place of old ones; whatever has not changed stays the same object, so that nobody renders in vain. */
export function nextFindings(before: Findings, found: readonly Finding[]): Findings {
  if (sameList(before.all, found)) return before;
  const grouped = Map.groupBy(
    found.filter(({ node }) => node !== undefined),
    ({ node }) => node ?? "",
  );
  const byNode = new Map<string, readonly Finding[]>();
  for (const [node, list] of grouped) {
    const old = before.byNode.get(node);
    byNode.set(node, old && sameList(old, list) ? old : list);
  }
  const error = found.filter(({ severity }) => severity === "error").length;
  const counts = { error, warning: found.length - error };
  const sameCounts = counts.error === before.counts.error && counts.warning === before.counts.warning;
  return { all: found, byNode, counts: sameCounts ? before.counts : counts };
}

/** The findings of one node; always the same empty list when there are none. */
export function findingsOf({ byNode }: Findings, node: string): readonly Finding[] {
  return byNode.get(node) ?? nobody;
}

function sameList(a: readonly Finding[], b: readonly Finding[]): boolean {
  return a.length === b.length && a.every((finding, index) => sameFinding(finding, b[index]));
}

function sameFinding(a: Finding, b: Finding | undefined): boolean {
  return (
    b !== undefined &&
    a.severity === b.severity &&
    a.code === b.code &&
    a.path === b.path &&
    a.detail === b.detail &&
    a.node === b.node &&
    a.edge === b.edge &&
    a.range?.start === b.range?.start &&
    a.range?.end === b.range?.end &&
    sameFix(a.fix, b.fix)
  );
}

/** Fixes are data; most findings have none, or a short one. */
function sameFix(a: Finding["fix"], b: Finding["fix"]): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}
