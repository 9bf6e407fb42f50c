import { type OpenDatabase, openDatabase } from "@signalbox/engine/testing";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

let made = 0;

/** A database of its own on the test run's PostgreSQL. */
export async function freshPostgresUrl(): Promise<string> {
  const admin = new pg.Client({ connectionString: inject("databaseUrl") });
  await admin.connect();
  made += 1;
  const name = `test_${process.pid}_${Date.now()}_${made}`;
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(inject("databaseUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

/** Both databases that the product runs on, as every test of the store must pass on both. */
export const databases: Readonly<Record<"embedded" | "postgres", () => Promise<OpenDatabase>>> = {
  embedded: () => openDatabase({ memory: true }),
  postgres: async () => openDatabase({ url: await freshPostgresUrl() }),
};
