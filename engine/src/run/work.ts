import type { RunFact } from "@signalbox/shared/events";
import type { Run } from "@signalbox/shared/run";
import type { Clock } from "../clock.ts";
import { SignalboxError } from "../errors.ts";
import type { ModelCatalog } from "../models/catalog.ts";
import { asFailure } from "../nodes/failure.ts";
import type { Children, WorkContext } from "../nodes/runner.ts";
import { runnerOf } from "../nodes/runners.ts";
import type { OpenCredential } from "../store/credentials.ts";
import type { Tool } from "../tools/tool.ts";
import { failNode } from "./fail-node.ts";
import { completed } from "./start-node.ts";
import { valuesIn } from "./values.ts";

/** Where the working nodes of one run work. */
export interface Workplace {
  /** Begins (or goes on with) an activation's work, unless it is already at it or has none. */
  start: (activation: string) => void;
  /** Cuts an activation's work off, on the wire. */
  abort: (activation: string) => void;
  abortAll: () => void;
  size: () => number;
}

export interface WorkParts {
  engine: string;
  clock: Clock;
  chance: () => number;
  models: ModelCatalog;
  tools: ReadonlyMap<string, Tool>;
  children: (run: Run, space: string) => Children;
  credentials: { open: (space: string, id: string) => Promise<OpenCredential> };
  stream: (run: string, activation: string, call: string, text: string) => void;
  onError: (error: unknown) => void;
}

interface Hands {
  post: (facts: readonly RunFact[]) => Promise<void>;
  isStopped: () => boolean;
  space: string;
}

export function createWorkplace(run: Run, { post, isStopped, space }: Hands, parts: WorkParts): Workplace {
  const working = new Map<string, AbortController>();
  /** Asked for while they were still at work: looked at again when that has ended. */
  const again = new Set<string>();
  const children = parts.children(run, space);

  function start(id: string): void {
    const activation = run.activations.get(id);
    const node = activation && run.plan.nodes.get(activation.node)?.node;
    const runner = node && runnerOf(node);
    if (!activation || !node || runner?.kind !== "work" || activation.status !== "running") return;
    if (working.has(id)) {
      again.add(id);
      return;
    }
    again.delete(id);
    const controller = new AbortController();
    working.set(id, controller);
    const context = contextOf(id, controller.signal);
    runner
      .work(node, context)
      .then(
        async (done) => {
          working.delete(id);
          if (done === "suspended") {
            if (again.has(id)) start(id);
            const isWaiting = run.activations.get(id)?.status === "running" && !working.has(id);
            return post(isWaiting ? [{ type: "node.waiting", node: node.id, activation: id }] : []);
          }
          if (done === "delegated") {
            if (again.has(id)) start(id);
            return post([]);
          }
          const { attempt } = context;
          const fact = completed({ node: node.id, activation: id }, done, attempt);
          return post([isOpen(id) ? fact : { type: "node.late", node: node.id, activation: id, output: done.output }]);
        },
        async (error: unknown) => {
          working.delete(id);
          // called off: whoever did it has said so in the log, or will find it open after a restart
          if (controller.signal.aborted || isStopped() || !isOpen(id)) return;
          await post(failed(node.id, id, context.attempt, error));
        },
      )
      .catch(parts.onError);
  }

  function contextOf(id: string, signal: AbortSignal): WorkContext {
    const activation = run.activations.get(id);
    const { scope = "", node = "", attempt = 1, input = null } = activation ?? {};
    return {
      run: run.id,
      node,
      activation: id,
      scope,
      attempt,
      input,
      plan: run.plan,
      known: (other) => run.activations.get(other),
      approval: (asked) => run.approvals.get(asked),
      question: (asked) => run.questions.get(asked),
      values: (locals) => valuesIn(run, scope, locals),
      record: async (facts) => {
        if (signal.aborted || isStopped() || !isOpen(id)) {
          throw new SignalboxError("cancelled", "This work was called off.", { retryable: false });
        }
        await post(facts);
      },
      stream: (call, text) => parts.stream(run.id, id, call, text),
      signal,
      clock: parts.clock,
      models: parts.models,
      tools: parts.tools,
      children,
      credentials: { open: (credential) => parts.credentials.open(space, credential) },
      runnerOf,
    };
  }

  function failed(node: string, activation: string, attempt: number, error: unknown): readonly RunFact[] {
    const known = error instanceof SignalboxError;
    // what is none of our refusals is a bug: the log gets a sentence, the engine's own log the whole
    if (!known && !(error instanceof Error && error.name === "ExpressionError")) parts.onError(error);
    const retry = {
      retryable: !known || error.facts.retryable !== false,
      retryAfterMs: known ? error.facts.retryAfterMs : undefined,
    };
    const moment = { now: parts.clock.now(), chance: parts.chance };
    return failNode(run, { node, activation, attempt }, asFailure(error), retry, moment);
  }

  function isOpen(id: string): boolean {
    const activation = run.activations.get(id);
    return run.endedAt === null && activation !== undefined && activation.endedAt === undefined;
  }

  function abort(id: string): void {
    working.get(id)?.abort();
    working.delete(id);
  }

  return {
    start,
    abort,
    abortAll: () => {
      for (const id of [...working.keys()]) abort(id);
    },
    size: () => working.size,
  };
}
