import { defineConfig } from "vitest/config";

const unit = (name: string) => ({ test: { name, root: name, include: ["src/**/*.test.{ts,tsx}"] } });

export default defineConfig({
  test: {
    projects: [
      unit("shared"),
      unit("engine"),
      unit("editor"),
      {
        test: {
          name: "tests",
          root: "tests",
          include: ["**/*.test.ts"],
          globalSetup: "./support/postgres.ts",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
