import type { RunSummary } from "@signalbox/shared/api";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { followTopic } from "../live/socket.ts";
import { Link } from "../router/link.tsx";
import { navigate, useSearch } from "../router/location.ts";
import { formatAgo, formatMs, formatUsage, statusWords } from "../run/format.ts";
import { StatusChip } from "../run/status-chip.tsx";
import { Button } from "../ui/button.tsx";
import { Select, TextInput } from "../ui/field.tsx";
import "./pages.css";

/** `/runs`: every run, newest first; it stays true while one looks. */
export function RunsPage() {
  const [search, setSearch] = useSearch();
  const status = search.get("status") ?? "";
  const workflow = search.get("workflow") ?? "";
  const queries = useQueryClient();
  const workflows = useQuery({ queryKey: ["workflows"], queryFn: api.workflows.list });
  const names = new Map((workflows.data?.items ?? []).map(({ id, name }) => [id, name]));
  const q = search.get("q") ?? "";
  const [text, setText] = useState(q);
  const [wasQ, setWasQ] = useState(q);
  if (q !== wasQ) {
    // the address has changed by itself: "Show all runs", or one step back
    setWasQ(q);
    setText(q);
  }
  const runs = useInfiniteQuery({
    queryKey: ["runs", status, workflow, q],
    queryFn: ({ pageParam }) =>
      api.runs.list({
        status: status || undefined,
        workflow: workflow || undefined,
        q: q || undefined,
        cursor: pageParam,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  useEffect(() => {
    document.title = "Runs · Signalbox";
    return followTopic("runs", () => void queries.invalidateQueries({ queryKey: ["runs"] }));
  }, [queries]);
  const filter = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value === "") next.delete(name);
    else next.set(name, value);
    setSearch(next);
  };
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = status !== "" || workflow !== "" || q !== "";
  return (
    <main className="page">
      <header className="bar">
        <h1 className="bar-title">Runs</h1>
        <span className="bar-space" />
        <div className="filters">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              filter("q", text.trim());
            }}
          >
            <TextInput aria-label="Search runs" placeholder="Search, then Enter" value={text} onText={setText} />
          </form>
          <Select
            aria-label="Workflow"
            value={workflow}
            onValue={(value) => filter("workflow", value)}
            options={[{ value: "", label: "All workflows" }, ...[...names].map(([value, label]) => ({ value, label }))]}
          />
          <Select
            aria-label="Status"
            value={status}
            onValue={(value) => filter("status", value)}
            options={[
              { value: "", label: "Any status" },
              ...Object.entries(statusWords).map(([value, label]) => ({ value, label })),
            ]}
          />
        </div>
      </header>
      <div className="page-body">
        {runs.error ? <p className="page-empty">{sentenceOf(runs.error)}</p> : null}
        {runs.isSuccess && items.length === 0 ? (
          <div className="page-empty">
            <h2>{filtered ? "No run fits" : "Nothing has run yet"}</h2>
            <p>
              {filtered ? (
                <Link to="/runs">Show all runs</Link>
              ) : (
                <>
                  Open a <Link to="/">workflow</Link> and press Run. Every run is kept here, to be watched again.
                </>
              )}
            </p>
          </div>
        ) : null}
        {items.length > 0 ? <RunTable items={items} names={names} /> : null}
        {runs.hasNextPage ? (
          <div className="page-more">
            <Button onClick={() => void runs.fetchNextPage()} disabled={runs.isFetchingNextPage}>
              Older runs
            </Button>
          </div>
        ) : null}
      </div>
    </main>
  );
}

function RunTable({ items, names }: { items: readonly RunSummary[]; names: ReadonlyMap<string, string> }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <table className="run-table">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Workflow</th>
          <th scope="col">Input</th>
          <th scope="col">Started</th>
          <th scope="col">Took</th>
          <th scope="col">Used</th>
        </tr>
      </thead>
      <tbody>
        {items.map((run) => (
          <tr key={run.id} onClick={() => navigate(`/runs/${run.id}`)}>
            <td>
              <StatusChip status={run.status} />
            </td>
            <td>
              <Link to={`/runs/${run.id}`} onClick={(event) => event.stopPropagation()}>
                {names.get(run.workflow ?? "") ?? "A workflow that was deleted"}
              </Link>
              <span className="faint"> {run.version === "draft" ? "draft" : `v${run.version}`}</span>
            </td>
            <td className="run-input mono">{run.error ? run.error.message : inputWords(run.input)}</td>
            <td title={new Date(run.createdAt).toLocaleString()}>{formatAgo(run.createdAt, now)}</td>
            <td className="mono">{run.endedAt === null ? "…" : formatMs(run.usage.ms)}</td>
            <td className="mono soft">{formatUsage(run.usage)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inputWords(input: RunSummary["input"]): string {
  if (input === null) return "";
  return typeof input === "string" ? input : Object.values(Object(input)).map(String).join(" · ").slice(0, 200);
}
