import { SignalboxError } from "../../errors.ts";

interface Readable {
  isHtml: boolean;
  text: string;
}

const html = /^(text\/html|application\/xhtml\+xml)$/;
const plain = /^(text\/.+|application\/(json|xml|javascript|yaml|x-yaml|toml|(x-)?ndjson|.+\+(json|xml|yaml)))$/;
const beginsAsHtml = /^\s*(<!doctype html|<html)/i;

/** An answer as text, whatever its charset. Throws `content_not_text` for what is none. */
export function decodeText(contentType: string, bytes: Uint8Array): Readable {
  const [type = ""] = contentType
    .toLowerCase()
    .split(";", 1)
    .map((part) => part.trim());
  const isHtml = html.test(type);
  if (!isHtml && type !== "" && !plain.test(type)) throw notText(type);
  const text = decode(bytes, charsetOf(contentType), isHtml || type === "");
  if (isHtml) return { isHtml, text };
  // no text holds it; what does is a file under a wrong name
  if (text.includes("\0")) throw notText(type || "of no known kind");
  return { isHtml: type === "" && beginsAsHtml.test(text), text };
}

function notText(type: string): SignalboxError {
  const detail = `What is there is ${type}, not a page or text. Take another URL, or fetch it with http.request.`;
  return new SignalboxError("content_not_text", detail, { retryable: false });
}

/** As browsers do: what the bytes begin with counts before the header, and that before what the page says of itself. */
function decode(bytes: Uint8Array, stated: string | undefined, mayStateItself: boolean): string {
  const decoder =
    decoderFor(markOf(bytes)) ?? decoderFor(stated) ?? (mayStateItself ? decoderFor(statedInside(bytes)) : undefined);
  if (decoder) return decoder.decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function decoderFor(charset: string | undefined): TextDecoder | undefined {
  try {
    return charset === undefined ? undefined : new TextDecoder(charset);
  } catch {
    // a name that nobody knows says nothing
    return undefined;
  }
}

function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType)?.[1];
}

function markOf([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return undefined;
}

/** `<meta charset>` or its older form, where browsers look for it. */
function statedInside(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  const stated = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1];
  // it was read byte by byte, so it cannot be what it says
  return stated !== undefined && /^utf-?16/i.test(stated) ? "utf-8" : stated;
}
