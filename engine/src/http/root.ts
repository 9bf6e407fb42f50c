import type { FastifyInstance } from "fastify";
import type { AppParts } from "./ports.ts";

/** Liveness, readiness and figures, for whoever watches the process. */
export function rootRoutes(app: FastifyInstance, { isReady, runList }: AppParts): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const ready = await isReady();
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "database_unreachable" });
  });
  app.get("/metrics", async (_request, reply) => {
    const counts = await runList.counts();
    const lines = [
      "# HELP signalbox_runs Runs by status.",
      "# TYPE signalbox_runs gauge",
      ...counts.map(({ status, count }) => `signalbox_runs{status="${status}"} ${count}`),
      "# HELP process_resident_memory_bytes Memory in use.",
      "# TYPE process_resident_memory_bytes gauge",
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      "# HELP process_cpu_seconds_total CPU time used.",
      "# TYPE process_cpu_seconds_total counter",
      `process_cpu_seconds_total ${(process.cpuUsage().user + process.cpuUsage().system) / 1e6}`,
    ];
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(`${lines.join("\n")}\n`);
  });
}
