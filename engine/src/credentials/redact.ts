import type { Json } from "@signalbox/shared/json";

/** What stands in place of a secret that came back from outside. */
const mark = "[secret]";
/** Shorter ones would be found in everything. */
const shortest = 6;

/** Takes every form in which a secret may have come back out of a value, before it is written anywhere. */
export function redactor(secrets: readonly string[]): <Value extends Json>(value: Value) => Value {
  const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length);
  const clean = (text: string) => forms.reduce((left, form) => left.replaceAll(form, mark), text);
  const redact = (value: Json): Json => {
    if (typeof value === "string") return clean(value);
    if (Array.isArray(value)) return value.map(redact);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key), redact(item)]));
  };
  // strings stay strings and objects objects; the compiler cannot follow that through the recursion
  return <Value extends Json>(value: Value) => (forms.length === 0 ? value : (redact(value) as Value));
}

function formsOf(secret: string): string[] {
  if (secret.length < shortest) return [];
  const base64 = Buffer.from(secret).toString("base64");
  return [
    ...new Set([
      secret,
      base64,
      base64.replace(/=+$/, ""),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ]),
  ];
}
