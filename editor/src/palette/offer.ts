import { factsOf, type NodeFacts, type NodeTypeName, nodeTypes } from "@signalbox/shared/nodes";

/** How the groups are called, in the order in which they are shown. */
export const groups: readonly { group: NodeFacts["group"]; title: string }[] = [
  { group: "work", title: "Work" },
  { group: "flow", title: "Flow" },
  { group: "people", title: "People" },
  { group: "data", title: "Data" },
  { group: "canvas", title: "Notes" },
];

/** Every type of node that can be put on a canvas now, in the order in which it is shown. */
export const offered: readonly NodeTypeName[] = groups.flatMap(({ group }) =>
  (Object.keys(nodeTypes) as NodeTypeName[]).filter((type) => {
    const facts = factsOf(type);
    return facts.runnable && facts.group === group;
  }),
);
