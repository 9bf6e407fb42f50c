const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const time = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

const formats: Record<string, { holds: (text: string) => boolean; said: string }> = {
  date: { holds: (text) => date.test(text), said: "a date as 2026-11-24" },
  "date-time": {
    holds: (text) => date.test(text.slice(0, 10)) && /^[Tt ]$/.test(text.charAt(10)) && time.test(text.slice(11)),
    said: "a time as 2026-11-24T09:30:00Z",
  },
  email: { holds: (text) => /^[^\s@]+@[^\s@]+$/.test(text), said: "an e-mail address" },
  uri: { holds: (text) => /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/.test(text), said: "a URL with its scheme" },
  uuid: { holds: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text), said: "a UUID" },
};

/** What is wrong with a text of a known format, as a sentence; formats that are not known are passed over. */
export function checkFormat(format: string, text: string): string | undefined {
  const known = Object.hasOwn(formats, format) ? formats[format] : undefined;
  return known && !known.holds(text) ? `This must be ${known.said}.` : undefined;
}
