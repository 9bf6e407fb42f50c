// Makes the picture of the README: a real run in a real browser. Run by `pnpm picture` after `pnpm build`.
import { fileURLToPath } from "node:url";
import { readConfig, serve } from "@signalbox/engine/testing";
import { closeBrowser, openStudio } from "../support/studio.ts";

const config = readConfig({ SIGNALBOX_PORT: "0" }, {});
const engine = await serve(config, {
  onProgress: () => undefined,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
  inMemory: true,
});
const studio = await openStudio(engine.welcomeUrl(), { width: 1600, height: 1000 });
const { page, node } = studio;
await node("triage").waitFor();
await page.getByRole("button", { name: "Run", exact: true }).click();
await page.getByRole("button", { name: "Start run" }).click();
await page.getByRole("region", { name: "Run", exact: true }).getByRole("button", { name: "Approve" }).waitFor();
await node("draft").click();
await page.getByRole("tab", { name: "Output" }).first().waitFor();
await page.screenshot({ path: fileURLToPath(new URL("../../docs/picture.png", import.meta.url)) });
await studio.close();
await closeBrowser();
await engine.stop(0);
