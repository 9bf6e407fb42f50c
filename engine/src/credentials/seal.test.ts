import fc from "fast-check";
import { expect, test } from "vitest";
import { masterKey, seal, unseal } from "./seal.ts";

const key = masterKey("a key of more than thirty-two characters");

test("what is sealed opens with its key and in its place, as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (text, bound) => {
      expect(unseal(seal(text, bound, key), bound, key)).toBe(text.toWellFormed());
    }),
  );
});

test("it does not open with another key, in another place, or with a bit changed", () => {
  const sealed = seal("secret", "space/cred_1/1", key);
  expect(() => unseal(sealed, "space/cred_1/1", masterKey("another key, just as long as that one"))).toThrow();
  expect(() => unseal(sealed, "space/cred_2/1", key)).toThrow();
  const bytes = Buffer.from(sealed, "base64");
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unseal(changed.toString("base64"), "space/cred_1/1", key)).toThrow();
  }
});

test("the same secret is sealed differently each time", () => {
  expect(seal("secret", "x", key)).not.toBe(seal("secret", "x", key));
});
