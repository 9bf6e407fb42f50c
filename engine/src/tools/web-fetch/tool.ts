import { setImmediate } from "node:timers/promises";
import type { JsonObject } from "@signalbox/shared/json";
import type { Egress } from "../../egress/egress.ts";
import { SignalboxError } from "../../errors.ts";
import type { Tool } from "../tool.ts";
import { urlArgument } from "../url-argument.ts";
import { decodeText } from "./decode.ts";
import { readPage } from "./page.ts";
import { cutAt } from "./text-writer.ts";

const usualCharacters = 20_000;
const mostCharacters = 200_000;

/** A page or a text of the web, as a person would read it. */
export function webFetch(egress: Egress): Tool {
  return {
    name: "web.fetch",
    title: "Read web page",
    description:
      "Fetches a web page and gives its readable text, its title and its links. Text and JSON come as they are.",
    input: inputSchema,
    output: outputSchema,
    idempotent: true,
    outside: true,
    call: async (args, { signal }) => {
      const asked = urlArgument(args).href;
      const { status, headers, body, url } = await egress.request(asked, {
        method: "GET",
        headers: { accept: "text/html, application/xhtml+xml, text/*;q=0.9, application/json;q=0.9, */*;q=0.1" },
        signal,
      });
      if (status < 200 || status >= 300) throw new SignalboxError("http_status", `${url} answered ${status}.`);
      const { isHtml, text } = decodeText(headers["content-type"] ?? "", body);
      const { maxCharacters = usualCharacters } = args;
      const limit = Number(maxCharacters);
      if (!isHtml) return { url, title: "", text: cutAt(text, limit), truncated: text.length > limit };
      const pause = () => setImmediate(undefined, { signal });
      const { title, text: read, links, isTruncated } = await readPage(text, { url, maxCharacters: limit, pause });
      return { url, title, text: read, links: links.map((link) => ({ ...link })), truncated: isTruncated };
    },
  };
}

const inputSchema: JsonObject = {
  type: "object",
  properties: {
    url: { type: "string", title: "URL", description: "A full address with http or https.", format: "uri" },
    maxCharacters: {
      type: "integer",
      title: "Most characters",
      description: `${usualCharacters} unless set. A longer text is cut, and "truncated" says so.`,
      minimum: 1,
      maximum: mostCharacters,
    },
  },
  required: ["url"],
  additionalProperties: false,
};

const outputSchema: JsonObject = {
  type: "object",
  properties: {
    url: { type: "string", description: "After redirects." },
    title: { type: "string" },
    text: { type: "string" },
    links: {
      type: "array",
      description: "Of a page, where its text leads; the first hundred.",
      items: {
        type: "object",
        properties: { text: { type: "string" }, url: { type: "string" } },
        required: ["text", "url"],
        additionalProperties: false,
      },
    },
    truncated: { type: "boolean" },
  },
  required: ["url", "title", "text", "truncated"],
  additionalProperties: false,
};
