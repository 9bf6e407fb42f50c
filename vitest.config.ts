import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./tests/support/closing-line.ts";

const unit = (name: string) => ({ test: { name, root: name, include: ["src/**/*.test.{ts,tsx}"] } });

export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    projects: [
      unit("shared"),
      unit("engine"),
      unit("editor"),
      {
        test: {
          name: "tests",
          root: "tests",
          include: ["**/*.test.ts"],
          globalSetup: fileURLToPath(new URL("./tests/support/postgres.ts", import.meta.url)),
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
