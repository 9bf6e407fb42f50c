import type { Kysely } from "kysely";

/** Times are ISO 8601 text and JSON is text: the database orders and keeps them, it never parses them. */
export interface Tables {
  space: { id: string; name: string; created_at: string };
  person: { id: string; name: string; created_at: string };
  session: { hash: string; person: string; space: string; created_at: string; used_at: string };
  api_token: { id: string; hash: string; person: string; space: string; name: string; created_at: string };
  workflow: {
    id: string;
    space: string;
    key: string;
    name: string;
    revision: number;
    graph: string;
    published_version: number | null;
    created_at: string;
    updated_at: string;
    deleted_at: string | null;
  };
  workflow_version: {
    workflow: string;
    number: number;
    graph: string;
    note: string | null;
    by: string;
    created_at: string;
  };
  run: {
    id: string;
    space: string;
    workflow: string | null;
    version: string | null;
    status: string;
    /** The hash of its blob. */
    graph: string;
    input: string;
    output: string;
    error: string | null;
    idempotency_key: string | null;
    epoch: number;
    last_seq: number;
    input_tokens: number;
    output_tokens: number;
    cost_usd: number | null;
    created_at: string;
    started_at: string | null;
    ended_at: string | null;
    next_due: string | null;
    parent: string | null;
    root: string | null;
  };
  /** Events that follow one another, a line of JSON each; `seq` is the first one's. */
  log: { run: string; seq: number; epoch: number; events: string };
  inbox: { run: string; id: string; entry: string; created_at: string };
  credential: {
    id: string;
    space: string;
    name: string;
    kind: string;
    hosts: string;
    sealed: string;
    key_fingerprint: string;
    created_at: string;
  };
  question: {
    id: string;
    space: string;
    run: string;
    node: string;
    activation: string;
    status: string;
    body: string;
    options: string;
    asked_at: string;
    answer: string | null;
    answered_by: string | null;
    answered_at: string | null;
  };
  signal: {
    id: string;
    space: string;
    name: string;
    correlation: string;
    payload: string;
    sent_at: string;
    expires_at: string;
    /** The run whose inbox holds it. */
    given_to: string | null;
  };
  signal_wait: {
    run: string;
    activation: string;
    space: string;
    name: string;
    correlation: string;
    since: string;
    /** What it was given. */
    signal: string | null;
  };
  blob: { space: string; hash: string; body: string };
  approval: {
    id: string;
    space: string;
    run: string;
    node: string;
    activation: string;
    status: string;
    title: string;
    body: string | null;
    show: string;
    form: string;
    due_at: string | null;
    requested_at: string;
    quorum: number;
    votes: string;
    decided_by: string | null;
    decided_at: string | null;
    /** JSON text. */
    assignees: string;
    not_by: string | null;
    reminded_at: string | null;
    escalated_at: string | null;
  };
}

export type Database = Kysely<Tables>;
