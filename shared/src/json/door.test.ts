import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyJson } from "../testing/any-of.ts";
import { canonicalJson } from "./canonical.ts";
import { JsonLimits, parseJson } from "./door.ts";

const load = (text: string, limits = JsonLimits) => parseJson(text, limits);

test("what the door lets in is what was written, and stays so however often it is stored and loaded", () => {
  fc.assert(
    fc.property(anyJson(), fc.constantFrom(0, 2, "\t"), (value, indent) => {
      const loaded = load(JSON.stringify(value, null, indent));

      expect(loaded).toEqual({ value });
      if ("value" in loaded) expect(load(JSON.stringify(loaded.value))).toEqual({ value });
    }),
  );
});

test("equal values have one canonical text, whatever the order of their keys", () => {
  fc.assert(
    fc.property(anyJson(), (value) => {
      const backwards = (item: typeof value): typeof value => {
        if (item === null || typeof item !== "object") return item;
        if (Array.isArray(item)) return item.map(backwards);
        return Object.fromEntries(
          Object.entries(item)
            .toReversed()
            .map(([key, inner]) => [key, backwards(inner)]),
        );
      };
      expect(canonicalJson(backwards(value))).toBe(canonicalJson(value));
      expect(load(canonicalJson(value))).toEqual({ value });
    }),
  );
});

test("any text at all is let in or refused with a code, a sentence and a path, and never breaks the door", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "\\u",
    "\\ud800",
    "1",
    "-",
    "e",
    "true",
    "null",
    " ",
    "a",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(text, (written) => {
      const answer = load(written);

      if ("value" in answer) expect(answer.value).toEqual(JSON.parse(written));
      else
        expect(answer.problem).toMatchObject({
          code: expect.stringMatching(/^[a-z_]+$/),
          detail: expect.stringMatching(/\S/),
          path: expect.any(String),
        });
    }),
    { numRuns: 1000 },
  );
});

const limits = { depth: 5, values: 50, keyLength: 10 };
const refused: [string, string, object][] = [
  ["nested one level too deep", '{"a":[[[[[1]]]]]}', { code: "too_deep", path: "a.0.0.0.0", limit: 5 }],
  ["of more values than are allowed", `{"list":[${"0,".repeat(60)}0]}`, { code: "too_many_values", limit: 50 }],
  [
    "with a key that is too long",
    '{"a":{"elevenchars":1}}',
    { code: "key_too_long", path: "a.elevenchars", limit: 10 },
  ],
  [
    "with a key that would become a prototype",
    '[{"a":1},{"__proto__":{}}]',
    { code: "forbidden_key", path: "1.__proto__" },
  ],
  ["with such a key in disguise", '{"\\u005f_proto__":1}', { code: "forbidden_key", path: "__proto__" }],
  ["with a key that stands twice", '{"a":[0,{"b":1,"c":2,"b":3}]}', { code: "duplicate_key", path: "a.1.b" }],
  ["with a key that stands twice in disguise", '{"b":1,"\\u0062":3}', { code: "duplicate_key", path: "b" }],
  ["with half a character in a text", '{"a":["","x\\ud83d!"]}', { code: "lone_surrogate", path: "a.1" }],
  ["with half a character in a key", '{"a":{"\\udc00":1}}', { code: "lone_surrogate" }],
  ["with half a character unescaped", '["\ud800"]', { code: "lone_surrogate", path: "0" }],
  ["that is cut off", '{"a":[1,', { code: "invalid_json" }],
];

describe("the door refuses JSON", () => {
  test.each(refused)("%s, and says where", (_what, text, problem) => {
    expect(load(text, limits)).toMatchObject({ problem: { ...problem, detail: expect.stringMatching(/\.$|:/) } });
  });

  test("nested as deep as an attacker likes, without walking it", () => {
    const [open, close] = ['{"a":['.repeat(200_000), "]}".repeat(200_000)];
    expect(load(open + close)).toMatchObject({ problem: { code: "too_deep", limit: JsonLimits.depth } });
  });
});

test("a whole character of two halves, and half of one behind a backslash, are text like any other", () => {
  expect(load('["\\ud83d\\ude00","\ud83d\ude00","\\\\ud800"]')).toEqual({ value: ["😀", "😀", "\\ud800"] });
});

test("names that objects are born with are names like any other", () => {
  const text = '{"constructor":{"prototype":1},"toString":2,"hasOwnProperty":3}';
  expect(load(text)).toEqual({ value: JSON.parse(text) });
});
