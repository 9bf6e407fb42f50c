import type { ModelUsage } from "@signalbox/shared/models";
import type { Model } from "./model.ts";

/** Finds models by the names that stand in graphs, and knows what they cost. */
export interface ModelCatalog {
  /** `openai:gpt-5-mini` or `simulated`. Throws SignalboxError `model_unknown` or `model_not_configured`. */
  resolve: (reference: string) => { connection: string; modelId: string; model: Model };
  /** US dollars, null where the price is not known. */
  costUsd: (connection: string, model: string, usage: ModelUsage) => number | null;
}
