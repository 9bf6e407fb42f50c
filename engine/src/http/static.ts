import { existsSync, readdirSync } from "node:fs";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { refuse } from "./errors.ts";

/** The pages of the editor, which its own router tells apart. */
const pages = ["/", "/workflows/*", "/runs", "/runs/*", "/inbox"];
const aYear = 365 * 24 * 3600 * 1000;

/** Serves the built editor; its files have hashed names and never change, its page is always asked for anew. */
export function mountEditor(app: FastifyInstance, folder: string | null): void {
  const isBuilt = folder !== null && existsSync(folder);
  if (isBuilt) {
    app.register(fastifyStatic, {
      root: `${folder}/assets`,
      prefix: "/assets/",
      immutable: true,
      maxAge: aYear,
      preCompressed: true,
      wildcard: true,
    });
    app.register(fastifyStatic, { root: folder, serve: false, decorateReply: false });
    for (const file of readdirSync(folder).filter((name) => /\.(js|svg)$/.test(name))) {
      app.get(`/${file}`, (_request, reply) => reply.header("cache-control", "no-cache").sendFile(file, folder));
    }
    for (const page of pages) {
      app.get(page, (_request, reply) => reply.header("cache-control", "no-cache").sendFile("index.html", folder));
    }
  }
  app.setNotFoundHandler((request, reply) => {
    // a person gets the page, which says it in its own way; a program gets a problem
    const isPerson = request.method === "GET" && request.headers.accept?.includes("text/html");
    if (isBuilt && isPerson && !request.url.startsWith("/api/")) return reply.code(404).sendFile("index.html", folder);
    return refuse(reply, {
      status: 404,
      code: "not_found",
      detail: `There is nothing at ${request.method} ${pathOf(request.url)}.`,
    });
  });
}

function pathOf(url: string): string {
  return url.split("?", 1)[0]?.slice(0, 200) ?? "";
}
