import fc from "fast-check";
import { expect, test } from "vitest";
import { readPage } from "./page.ts";

const url = "https://example.com/blog/post";
const read = (html: string, maxCharacters = 20_000) => readPage(html, { url, maxCharacters, pause: async () => {} });
const textOf = async (html: string) => (await read(html)).text;

test("of a page its main content is read, without what surrounds it", async () => {
  const page = await read(`<!doctype html><html><head><title> On  signals &amp; boxes </title>
    <style>p { color: red }</style><script>track("everything")</script></head><body>
    <header><a href="/">Home</a> Cookie notice</header><nav><ul><li><a href="/pricing">Pricing</a></ul></nav>
    <main><article><header><h1>On signals</h1></header>
      <p>A signal <b>tells</b> the&nbsp;driver<br>what is ahead.</p>
      <aside>Read also: ten more things</aside>
      <ul><li>Red<li><p>Green</p></ul>
      <table><tr><th>Aspect<th>Means<tr><td>Red<td>Stop</table>
      <pre>  kept
    as it is</pre>
      <p>See <a href="../rules#stop">the   rules</a>, <a href="mailto:a@b.c">mail</a>, <a href="#top">top</a>.</p>
    </article></main><footer>Imprint</footer><script>more()</script></body></html>`);
  expect(page).toEqual({
    title: "On signals & boxes",
    text: [
      "# On signals",
      "A signal tells the driver\nwhat is ahead.",
      "- Red\n- Green".replace("\n", "\n\n"),
      "Aspect Means\nRed Stop",
      "  kept\n    as it is",
      "See the rules, mail, top.",
    ].join("\n\n"),
    links: [{ text: "the rules", url: "https://example.com/rules#stop" }],
    isTruncated: false,
  });
});

test("without a main part the content is read, and without content whatever there is", async () => {
  expect(await textOf("<nav>Menu</nav><div>One</div><div>Two</div><footer>Imprint</footer>")).toBe("One\nTwo");
  expect(await textOf("<nav>Menu</nav><footer>Imprint</footer>")).toBe("Menu\nImprint");
  expect(await textOf(`<article>Teaser</article><div>${"long ".repeat(100)}</div>`)).toContain("long long");
  expect(await textOf("just text &lt;3")).toBe("just text <3");
  expect(await textOf("")).toBe("");
});

test.each([
  "<p hidden>secret</p>",
  '<p aria-hidden="true">secret</p>',
  '<p style="display: none">secret</p>',
  "<template>secret</template>",
  "<noscript>secret</noscript>",
  "<svg><title>secret</title><text>secret</text></svg>",
  "<script>var a = '<p>secret</p>'</script>",
  "<!-- secret -->",
  "<textarea>secret</textarea>",
])("%s is not seen by people, and not read", async (html) => {
  const page = await read(`<p>before</p>${html}<p>after</p>`);
  expect(page).toMatchObject({ title: "", text: "before\n\nafter" });
});

test("letters that nobody sees are left out", async () => {
  expect(await textOf("<p>pass\u00adword\u200b \u{e0041}\u{e0042}ok\u0007</p>")).toBe("password ok");
});

test("the title is that of the page, else the one it is shared by, else its first heading", async () => {
  expect((await read("<meta property=og:title content=Shared><h1>Head <i>ing</i></h1>")).title).toBe("Shared");
  expect((await read("<h1>Head <i>ing</i></h1><p>x")).title).toBe("Head ing");
  expect((await read(`<title>${"long ".repeat(200)}</title>`)).title.length).toBeLessThanOrEqual(300);
});

test("links follow the base of the page, once each, and only so many", async () => {
  const { links } = await read(
    '<base href="https://other.example/dir/"><a href=a>A</a> <a href=a>again</a> <a href=b></a>',
  );
  expect(links).toEqual([{ text: "A", url: "https://other.example/dir/a" }]);
  const many = Array.from({ length: 500 }, (_, index) => `<a href="/${index}">${index}</a> `).join("");
  expect((await read(many)).links).toHaveLength(100);
});

test("a long text is cut between characters, and says so", async () => {
  expect(await read("<p>ab😀cd", 3)).toMatchObject({ text: "ab", isTruncated: true });
  expect(await read("<p>ab😀cd", 6)).toMatchObject({ text: "ab😀cd", isTruncated: false });
});

test("a page that is nested without end is read as far as is sensible, in little time", async () => {
  const page = await read(`<p>begin</p>${"<i>x".repeat(400_000)}${"</b>".repeat(400_000)}`);
  expect(page).toMatchObject({ text: expect.stringMatching(/^begin\n\nx/), isTruncated: true });
});

test("whatever the markup, reading gives well-formed text within the limit", async () => {
  const pieces = fc.constantFrom(
    "<p>",
    "</p>",
    "<a href=/x>",
    "</a>",
    "<li>",
    "<pre>",
    "</pre>",
    "<form>",
    "</form>",
    "<svg>",
    "</svg>",
    "<br/>",
    "</br>",
    "<h1>",
    "</main>",
    "<main>",
    "<nav>",
    "<title>",
    "</title>",
    "&#xd800;",
    "&amp;",
    "<!--",
    "-->",
    "<",
    ">",
    '"',
    "😀",
  );
  const html = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }).map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(html, fc.integer({ min: 1, max: 50 }), async (given, limit) => {
      const { text, title } = await read(given.toWellFormed(), limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect([text.isWellFormed(), title.isWellFormed()]).toEqual([true, true]);
    }),
  );
});
