import type { FastifyInstance } from "fastify";
import { approvalRoutes } from "./http/approvals.ts";
import { catalogRoutes } from "./http/catalog.ts";
import { credentialRoutes } from "./http/credentials.ts";
import type { AppParts } from "./http/ports.ts";
import { questionRoutes } from "./http/questions.ts";
import type { Route } from "./http/route.ts";
import { runLogRoutes } from "./http/run-log.ts";
import { runRoutes } from "./http/runs.ts";
import { createServer } from "./http/server.ts";
import { sessionRoutes } from "./http/session.ts";
import { signalRoutes } from "./http/signals.ts";
import { workflowRoutes } from "./http/workflows.ts";

/** Every route under /api/v1, by resource. */
function allRoutes(parts: AppParts): Route[] {
  return [
    ...sessionRoutes(parts),
    ...workflowRoutes(parts),
    ...runRoutes(parts),
    ...runLogRoutes(parts),
    ...approvalRoutes(parts),
    ...questionRoutes(parts),
    ...credentialRoutes(parts),
    ...signalRoutes(parts),
    ...catalogRoutes(parts),
  ];
}

/** The engine's parts as an HTTP app. */
export function createApp(parts: AppParts): Promise<FastifyInstance> {
  return createServer(parts, allRoutes(parts));
}
