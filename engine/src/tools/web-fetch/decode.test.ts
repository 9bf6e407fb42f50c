import { expect, test } from "vitest";
import { decodeText } from "./decode.ts";

const latin = (text: string) => Buffer.from(text, "latin1");

test.each([
  ["as the header says", "text/html; charset=ISO-8859-1", latin("<p>käse"), "<p>käse"],
  [
    "as the page says",
    "text/html",
    latin('<meta charset="windows-1252"><p>käse'),
    '<meta charset="windows-1252"><p>käse',
  ],
  [
    "as the page says in the older form",
    "text/html",
    latin('<meta http-equiv="content-type" content="text/html; charset=iso-8859-1"><p>käse'),
    '<meta http-equiv="content-type" content="text/html; charset=iso-8859-1"><p>käse',
  ],
  ["as its first bytes say, against the header", "text/plain; charset=latin1", Buffer.from("\ufeffkäse"), "käse"],
  ["as UTF-16, by its first bytes", "text/plain", Buffer.from("\ufeffkäse", "utf16le"), "käse"],
  ["as UTF-8 where nothing is said", "text/plain", Buffer.from("käse"), "käse"],
  ["as Windows has it where it is no UTF-8", "text/plain", latin("käse"), "käse"],
  ["passing over a charset that nobody knows", "text/plain; charset=klingon", Buffer.from("käse"), "käse"],
  ["in Japanese", "text/html; charset=shift_jis", new Uint8Array([0x93, 0xfa, 0x96, 0x7b]), "日本"],
])("text is read %s", (_how, type, bytes, text) => {
  expect(decodeText(type, bytes).text).toBe(text);
});

test.each([
  ["text/html", "<p>", true],
  ["application/xhtml+xml; charset=utf-8", "<p>", true],
  ["", "\n<!DOCTYPE html><p>", true],
  ["", "just text", false],
  ["text/markdown", "<html>", false],
  ["application/ld+json", "{}", false],
  ["application/atom+xml", "<feed/>", false],
])("what comes as %j and begins %j is a page: %s", (type, text, isHtml) => {
  expect(decodeText(type, Buffer.from(text))).toEqual({ isHtml, text });
});

test.each([
  ["image/png", "x"],
  ["application/pdf", "%PDF-1.7"],
  ["application/octet-stream", "x"],
  ["text/plain", "a\0b"],
  ["", "\x7fELF\0"],
])("what comes as %j and holds %j is no text", (type, text) => {
  expect(() => decodeText(type, Buffer.from(text))).toThrowError(expect.objectContaining({ code: "content_not_text" }));
});
