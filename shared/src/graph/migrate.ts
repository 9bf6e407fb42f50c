/** Steps from older formats to the newest, in order. There is one format so far; a second one adds its step here. */
const steps: readonly { from: string; up: (document: object) => object }[] = [];

/** A document of any version as one of the newest. What is no document of ours is given back as it is. */
export function migrate(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  let document: object = value;
  for (const { from, up } of steps) {
    if ("format" in document && document.format === from) document = up(document);
  }
  return document;
}
