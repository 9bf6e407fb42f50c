import ElkConstructor from "elkjs/lib/elk-api.js";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";

/** The layouter, in a worker of its own: it is large, and slow on large drawings. Loaded when it is first asked. */
export const elk = new ElkConstructor({ workerFactory: () => new Worker(workerUrl) });
