import { RunEvent } from "@signalbox/shared/events";
import type { Graph } from "@signalbox/shared/graph";
import type { Json } from "@signalbox/shared/json";
import type { NewRun } from "../store/store.ts";
import { type EncodedEvent, encodeEvent } from "./encode.ts";

export interface StartRun {
  /** Given where the same run may be started twice over a crash. */
  id?: string;
  workflow: string | null;
  version: number | "draft" | null;
  graph: Graph;
  input: Json;
  idempotencyKey?: string;
  /** Of the run of a subflow node. */
  parent?: { run: string; activation: string; root: string; depth: number };
}

/** A run's first event, and what the store keeps of a run that begins with it. */
export function runToCreate(
  { workflow, version, graph, input, idempotencyKey, parent }: StartRun,
  { id, at, actor }: { id: string; at: string; actor: string },
): { created: RunEvent; row: NewRun; encoded: EncodedEvent } {
  const created = RunEvent.parse({
    type: "run.created",
    run: id,
    seq: 1,
    at,
    workflow,
    version,
    input,
    by: actor,
    ...(parent === undefined ? {} : asChild(parent)),
  });
  const encoded = encodeEvent(created);
  const row: NewRun = {
    id,
    workflow,
    version,
    graph,
    input,
    createdAt: at,
    events: [encoded.stored],
    blobs: encoded.blobs,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(parent === undefined ? {} : { parent: parent.run, root: parent.root }),
  };
  return { created, row, encoded };
}

function asChild({ run, activation, root, depth }: NonNullable<StartRun["parent"]>) {
  return { parent: run, parentActivation: activation, root, depth };
}
