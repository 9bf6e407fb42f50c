import type { Fix } from "../fixes/index.ts";
import type { JsonSchema } from "../json/index.ts";

export type FindingCode =
  | "start_missing"
  | "start_duplicate"
  | "start_in_frame"
  | "id_duplicate"
  | "required_missing"
  | "not_runnable"
  | "edge_dangling"
  | "edge_duplicate"
  | "edge_crosses_frame"
  | "handle_unknown"
  | "target_takes_nothing"
  | "loop_two_entries"
  | "loop_without_exit"
  | "node_unreachable"
  | "parent_missing"
  | "parent_cycle"
  | "frame_too_deep"
  | "frame_empty"
  | "end_in_frame"
  | "join_unreachable"
  | "uses_not_usable"
  | "uses_and_flow"
  | "uses_cycle"
  | "uses_out_of_reach"
  | "case_duplicate"
  | "case_never_true"
  | "case_never_reached"
  | "tool_unknown"
  | "tool_choice_unknown"
  | "argument_missing"
  | "argument_invalid"
  | "connection_unknown"
  | "credential_unknown"
  | "credential_not_taken"
  | "workflow_unknown"
  | "version_unknown"
  | "input_missing"
  | "input_invalid"
  | "wait_ambiguous"
  | "setting_without_effect"
  | "schema_invalid"
  | "expression_syntax"
  | "expression_type"
  | "expression_unknown_name"
  | "expression_too_long"
  | "expression_too_complex"
  | "expression_not_allowed"
  | "template_syntax"
  | "reference_not_before"
  | "reference_may_be_null";

/** What is wrong with a graph that has the shape, for the person who drew it. A draft with findings can be saved. */
export interface Finding {
  /** An error keeps the graph from being run and published. */
  severity: "error" | "warning";
  code: FindingCode;
  /** The field at fault, from the graph: `nodes.2.data.prompt`. */
  path: string;
  node?: string;
  edge?: string;
  detail: string;
  /** Where in the field's text, for an expression. */
  range?: { start: number; end: number };
  /** The way out, where it is obvious. */
  fix?: Fix;
}

/** What there is outside the graph that it may name. Left out: not checked. */
export interface Catalog {
  tools?: ReadonlyMap<string, ToolCatalogFacts>;
  /** Names of model connections, `simulated` too. */
  connections?: readonly string[];
  /** Ids of stored credentials. */
  credentials?: readonly string[];
  /** By key, as a subflow names it. */
  workflows?: ReadonlyMap<string, WorkflowFacts>;
}

/** What is known of a tool. */
interface ToolCatalogFacts {
  input: JsonSchema;
  output: JsonSchema;
  /** Whether it sends a credential along; unless it says so, it does not. */
  takesCredential?: boolean;
}

/** What is known of another workflow. */
export interface WorkflowFacts {
  /** The newest version, of those that count from 1; null where none is published. */
  publishedVersion: number | null;
  /** What it takes, by version; `current` is what runs where none is named. What is not here is not checked. */
  inputs?: ReadonlyMap<number | "current", JsonSchema | null>;
}
