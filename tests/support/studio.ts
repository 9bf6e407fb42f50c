import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { launchOptions } from "./browser.ts";

/** The editor in a real browser, signed in, as a new user would open it. */
export interface Studio {
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page: errors, refused resources, policy violations. A test ends by expecting none. */
  complaints: string[];
  node: (id: string) => Locator;
  /** The state that a node shows: `idle`, `running`, … */
  stateOf: (id: string) => Promise<string | null>;
  close: () => Promise<void>;
}

let browser: Promise<Browser> | undefined;

/** One Chromium for a test file; close it with `closeBrowser`. */
async function sharedBrowser(): Promise<Browser> {
  browser ??= launchOptions().then((options) => chromium.launch(options));
  return await browser;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

interface Look {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
}

export async function openStudio(
  url: string,
  { width = 1440, height = 900, colorScheme = "light" }: Look = {},
): Promise<Studio> {
  const context = await (await sharedBrowser()).newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(url);
  const node = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  return {
    page,
    context,
    complaints,
    node,
    stateOf: (id) => node(id).getAttribute("data-state"),
    close: () => context.close(),
  };
}
