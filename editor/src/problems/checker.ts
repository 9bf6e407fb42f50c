import type { Graph } from "@signalbox/shared/graph";
import type { Catalog, Finding } from "@signalbox/shared/validation";

/** A drawing on its way to the worker. */
export interface ToCheck {
  serial: number;
  graph: Graph;
  catalog: Catalog;
}

/** What the worker found in it. */
export interface Checked {
  serial: number;
  findings: readonly Finding[];
}

/** The part of a worker that the checker needs. */
export interface CheckWorker {
  postMessage: (message: ToCheck) => void;
  addEventListener: (type: "message", listener: (event: MessageEvent<Checked>) => void) => void;
  terminate: () => void;
}

/** Checks drawings one after another: while one is being checked, only the newest of those that follow waits. */
export interface Checker {
  check: (graph: Graph, catalog: Catalog) => void;
  /** Nothing is told any more. */
  close: () => void;
}

/** A checker over a worker that is started when there is something to check. */
export function createChecker(
  start: () => CheckWorker,
  tell: (graph: Graph, findings: readonly Finding[]) => void,
): Checker {
  let worker: CheckWorker | undefined;
  let serial = 0;
  let busy: ToCheck | undefined;
  let waiting: { graph: Graph; catalog: Catalog } | undefined;

  const send = (to: CheckWorker, next: { graph: Graph; catalog: Catalog }) => {
    serial += 1;
    busy = { serial, ...next };
    to.postMessage(busy);
  };
  const started = (): CheckWorker => {
    const made = start();
    made.addEventListener("message", ({ data }) => {
      if (!busy || data.serial !== busy.serial) return;
      const { graph } = busy;
      busy = undefined;
      const next = waiting;
      waiting = undefined;
      if (next) send(made, next);
      tell(graph, data.findings);
    });
    return made;
  };
  return {
    check: (graph, catalog) => {
      if (busy) {
        waiting = { graph, catalog };
        return;
      }
      worker ??= started();
      send(worker, { graph, catalog });
    },
    close: () => {
      worker?.terminate();
      worker = undefined;
      busy = undefined;
      waiting = undefined;
    },
  };
}
