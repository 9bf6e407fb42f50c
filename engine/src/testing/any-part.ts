import fc from "fast-check";

/** A body as it is drawn by chance, before it has ids: what there is, and how each leads to later ones. */
export interface Body {
  parts: readonly Part[];
  /** For each pair of an earlier and a later part, by chance: which of the earlier one's ways out leads to the later. */
  links: readonly (number | null)[];
}

export interface Part {
  type: keyof typeof waysOut;
  data: Record<string, unknown>;
  join: "all" | "any" | "count";
  /** What a frame holds, or what is drawn between the header of a ring and the branch that leads back to it. */
  body?: Body;
  /** Of a ring. */
  ring?: Ring;
}

export interface Ring {
  header: Part;
  judge: Part;
  maxIterations: number;
  /** Which other ways out of what it holds lead back too. */
  back: readonly number[];
}

export const waysOut = {
  set: ["out"],
  branch: ["one", "two", "else"],
  agent: ["out", "out", "error"],
  approval: ["approved", "rejected", "expired"],
  wait: ["out", "expired"],
  subflow: ["out", "out", "error"],
  end: [],
  parallel: ["out", "out", "error"],
  loop: ["out", "out", "exhausted", "error"],
  ring: [],
} as const;

const anyJoin = fc.oneof(
  { arbitrary: fc.constant("all" as const), weight: 3 },
  { arbitrary: fc.constantFrom("any" as const, "count" as const), weight: 1 },
);
const truth = fc.constantFrom("true", "false", "input.yes", "!input.yes");
const retry = fc.record({ attempts: fc.integer({ min: 1, max: 3 }), backoff: fc.constantFrom("1s", "1m") });
const timeout = fc.constantFrom("30s", "1h");
const work = { retry, timeout };

function part(type: Part["type"], data: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Part> {
  return fc.record({ type: fc.constant(type), join: anyJoin, data });
}

function cases(one: fc.Arbitrary<string>, two: fc.Arbitrary<string>) {
  return fc.tuple(one, two).map(([first, second]) => [
    { id: "one", when: first },
    { id: "two", when: second },
  ]);
}

const mode = fc.constantFrom("first", "all");
const described = ["one", "two"].map((id) => ({ id, description: id }));

const simplePart: fc.Arbitrary<Part> = fc.oneof(
  part("set", fc.constant({ values: { from: "{{ run.id }}" } })),
  part("set", fc.constantFrom({ values: { from: "{{ input.missing }}" } }, { values: { n: 1 } }, { values: { n: 2 } })),
  part("branch", fc.record({ mode, cases: cases(truth, truth) })),
  part(
    "branch",
    fc.record(
      {
        ...work,
        mode,
        decide: fc.constant("model"),
        model: fc.constant("played"),
        prompt: fc.constant("?"),
        cases: fc.constant(described),
      },
      { requiredKeys: ["mode", "decide", "model", "prompt", "cases"] },
    ),
  ),
  part(
    "agent",
    fc.record(
      { ...work, model: fc.constant("played"), prompt: fc.constant("?") },
      { requiredKeys: ["model", "prompt"] },
    ),
  ),
  part(
    "approval",
    fc.record(
      {
        title: fc.constant("?"),
        dueIn: fc.constantFrom("5s", "2h"),
        remindIn: fc.constantFrom("5s", "1h"),
        escalateTo: fc.constant({ role: "approver" }),
        timeout,
      },
      { requiredKeys: ["title"] },
    ),
  ),
  part("wait", fc.record({ for: fc.constantFrom("5s", "2h") })),
  part("wait", fc.record({ signal: fc.constant({ name: "go" }), timeout }, { requiredKeys: ["signal"] })),
  part("subflow", fc.record({ ...work, workflow: fc.constant("other") }, { requiredKeys: ["workflow"] })),
);

const anyEnd = part(
  "end",
  fc.record({ output: fc.constantFrom("one", "two"), terminate: fc.constantFrom(false, false, true) }),
);

function anyParallel(body: fc.Arbitrary<Body>): fc.Arbitrary<Part> {
  const items = fc.integer({ min: 0, max: 3 }).map((size) => JSON.stringify(Array.from({ length: size }, (_, n) => n)));
  const data = fc.record(
    {
      mode: fc.constantFrom("lanes", "forEach"),
      items,
      concurrency: fc.integer({ min: 1, max: 3 }),
      join: fc.constantFrom("all", "any", "settled", { count: 1 }, { count: 2 }),
      timeout,
    },
    { requiredKeys: ["mode", "items"] },
  );
  return fc.record({ type: fc.constant("parallel"), join: fc.constant("all"), body, data });
}

function anyLoop(body: fc.Arbitrary<Body>): fc.Arbitrary<Part> {
  const data = fc.record(
    {
      until: fc.constantFrom("true", "iteration > 9", "input.yes", "iteration == 2"),
      maxIterations: fc.integer({ min: 1, max: 3 }),
      timeout,
    },
    { requiredKeys: ["until", "maxIterations"] },
  );
  return fc.record({ type: fc.constant("loop"), join: fc.constant("all"), body, data });
}

/** What holds together by edges: a header, what it leads to, and a branch that leads back to it or on. */
function anyRing(body: fc.Arbitrary<Body>, header: fc.Arbitrary<Part>): fc.Arbitrary<Part> {
  const again = fc.constantFrom("iteration < 2", "iteration < 3", "true", "input.yes", "false");
  const judge = part("branch", fc.record({ mode, cases: cases(again, truth) }));
  const ring = fc.record({
    header,
    judge,
    maxIterations: fc.integer({ min: 1, max: 3 }),
    back: fc.array(fc.nat(9), { maxLength: 2 }),
  });
  return fc.record({ type: fc.constant("ring"), join: fc.constant("all"), data: fc.constant({}), body, ring });
}

export function anyBody(depth: number): fc.Arbitrary<Body> {
  const inner = depth === 0 ? undefined : anyBody(depth - 1);
  const frame = inner && fc.oneof(anyParallel(inner), anyLoop(inner));
  const anyPart =
    inner === undefined || frame === undefined
      ? simplePart
      : fc.oneof(
          { arbitrary: simplePart, weight: 8 },
          { arbitrary: anyEnd, weight: 1 },
          { arbitrary: frame, weight: 3 },
          { arbitrary: anyRing(inner, fc.oneof({ arbitrary: simplePart, weight: 3 }, frame)), weight: 3 },
        );
  return fc.record({
    parts: fc.array(anyPart, { minLength: 1, maxLength: depth === 0 ? 2 : 5 }),
    links: fc.array(fc.option(fc.nat(5), { freq: 2 }), { minLength: 10, maxLength: 10 }),
  });
}
