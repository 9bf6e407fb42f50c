import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { type LocalServer, startLocalServer } from "../support/local-server.ts";

let engine: TestEngine;
let site: LocalServer;

beforeAll(async () => {
  site = await startLocalServer();
  engine = await startEngine("embedded", { SIGNALBOX_EGRESS_ALLOW: site.allowance });
});
afterAll(async () => {
  await engine.stop(0);
  site.close();
  expect(engine.errors).toEqual([]);
});
beforeEach(() => {
  site.asked.length = 0;
});

/** The site answers everything with this. */
function serves(type: string, body: string | Uint8Array, headers: Record<string, string> = {}): void {
  site.answer = (_asked, response) => response.writeHead(200, { "content-type": type, ...headers }).end(body);
}

async function fetchPage(args: object, input?: string) {
  const run = await engine.run(
    drawing(
      [
        node("start", "start"),
        node("page", "tool", { tool: "web.fetch", arguments: args }),
        node("well", "end", { output: "{{ page }}" }),
        node("ill", "end", { output: "{{ page }}" }),
      ],
      [edge("start", "page"), edge("page", "well"), edge("page", "ill", "error")],
    ),
    input,
  );
  const last = (await engine.follow(run)).at(-1);
  return last?.type === "run.completed" ? last.output : last;
}

const article = `<title>News</title><nav>Menu</nav><main><p>K\u00e4se is cheaper. <a href="more">More</a></p></main>`;

test("a page is fetched and read, wherever it has moved to", async () => {
  site.answer = ({ url }, response) => {
    if (url === "/old") response.writeHead(301, { location: "/new/page" }).end();
    else response.writeHead(200, { "content-type": "text/html; charset=latin1" }).end(Buffer.from(article, "latin1"));
  };
  expect(await fetchPage({ url: `${site.origin}/old` })).toEqual({
    url: `${site.origin}/new/page`,
    title: "News",
    text: "Käse is cheaper. More",
    links: [{ text: "More", url: `${site.origin}/new/more` }],
    truncated: false,
  });
  expect(site.asked).toMatchObject([{ method: "GET" }, { headers: { accept: expect.stringContaining("text/html") } }]);
});

test("text and JSON come as they are, cut where they are too long", async () => {
  serves("application/json", '{ "a": [1, 2] }');
  expect(await fetchPage({ url: site.origin })).toMatchObject({ title: "", text: '{ "a": [1, 2] }', truncated: false });
  serves("text/plain", "one two");
  expect(await fetchPage({ url: site.origin, maxCharacters: 3 })).toMatchObject({ text: "one", truncated: true });
});

test("what is no text fails by a name of its own", async () => {
  serves("image/png", new Uint8Array([137, 80, 78, 71]));
  expect(await fetchPage({ url: site.origin })).toMatchObject({
    code: "content_not_text",
    message: expect.stringContaining("image/png"),
  });
});

test("a page that is not there fails with its status", async () => {
  site.answer = (_asked, response) => response.writeHead(404).end("<p>gone");
  expect(await fetchPage({ url: `${site.origin}/x` })).toMatchObject({
    code: "http_status",
    message: `${site.origin}/x answered 404.`,
  });
});

test("a page that grows beyond the limit when it is unpacked is given up", async () => {
  serves("text/html", gzipSync(Buffer.alloc(11 * 1024 * 1024, "a")), { "content-encoding": "gzip" });
  expect(await fetchPage({ url: site.origin })).toMatchObject({ code: "response_too_large" });
});

test("a page on the inside is not fetched, directly or by a redirect", async () => {
  expect(await fetchPage({ url: "http://169.254.169.254/latest" })).toMatchObject({ code: "egress_denied" });
  site.answer = (_asked, response) => response.writeHead(302, { location: "http://10.0.0.1/" }).end();
  expect(await fetchPage({ url: site.origin })).toMatchObject({ code: "egress_denied" });
});

test.each(["nowhere", "/page", ""])("%j is no URL, and is refused when it comes as data", async (input) => {
  expect(await fetchPage({ url: "{{ input }}" }, input)).toMatchObject({ code: "tool_arguments_invalid" });
  expect(site.asked).toHaveLength(0);
});
