import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ChevronRight, Download, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { ApiProblem, api, sentenceOf } from "../api/client.ts";
import { openCollapsed } from "../document/shown.ts";
import { useDocument } from "../document/store.ts";
import { Link } from "../router/link.tsx";
import { replaceSearch } from "../router/location.ts";
import { closeRun, openRun } from "../run/follow.ts";
import { isOpenStatus } from "../run/format.ts";
import { runView, useRunSummary } from "../run/hooks.ts";
import { Button } from "../ui/button.tsx";
import { toast } from "../ui/toast.tsx";
import { MissingPage } from "./missing.tsx";
import { Workbench } from "./workbench.tsx";
import "./pages.css";

async function load(id: string) {
  const [run, graph] = await Promise.all([api.runs.get(id), api.runs.graph(id)]);
  return { run, graph };
}

/** `/runs/:id?at=SEQ`: a run on the graph it ran on, live or as of any of its events. */
export function RunPage({ id }: { id: string }) {
  // the address follows the slider afterwards: only what it said when the page opened is a wish
  const [wanted] = useState(() => Number(new URLSearchParams(location.search).get("at") ?? Number.NaN));
  const loaded = useQuery({
    queryKey: ["run-page", id],
    queryFn: () => load(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const { data } = loaded;
  useEffect(() => {
    if (!data) return;
    openCollapsed(data.run.workflow ?? data.run.id);
    useDocument.getState().show(data.graph);
    document.title = `Run of ${data.graph.name} · Signalbox`;
    openRun(data.run.id, data.graph);
    const stopSeeking = Number.isInteger(wanted) ? seekWhenThere(wanted) : undefined;
    return () => {
      stopSeeking?.();
      closeRun();
      useDocument.getState().close();
    };
  }, [data, wanted]);
  useAddress();
  if (loaded.error) {
    const gone = loaded.error instanceof ApiProblem && loaded.error.status === 404;
    return <MissingPage what={gone ? "There is no such run." : sentenceOf(loaded.error)} />;
  }
  return (
    <main className="page">
      <RunBar
        workflow={data?.run.workflow ?? null}
        name={data?.graph.name ?? ""}
        id={id}
        parent={data?.run.parent ?? null}
        root={data?.run.root ?? null}
      />
      {data ? <Workbench /> : <div className="page-body" aria-busy="true" />}
    </main>
  );
}

/** Shows that moment as soon as its event is here. */
function seekWhenThere(seq: number): () => void {
  const look = () => {
    if ((runView.summary()?.lastSeq ?? 0) < seq) return;
    stop();
    runView.seek(seq);
  };
  const stop = runView.subscribe("run", look);
  return stop;
}

/** Writes the moment that is looked at into the address, so that it can be passed on. */
function useAddress(): void {
  const summary = useRunSummary();
  const at = summary?.mode === "replay" ? summary.seq : undefined;
  const wasAt = useRef<number>(undefined);
  useEffect(() => {
    // before any moment was looked at, the address holds the wish for one
    if (at === wasAt.current) return;
    wasAt.current = at;
    const moment = new URLSearchParams(at === undefined ? {} : { at: String(at) });
    // not at every step: browsers limit how often an address may change
    const timer = setTimeout(() => replaceSearch(moment), 250);
    return () => clearTimeout(timer);
  }, [at]);
}

interface RunBarProps {
  workflow: string | null;
  name: string;
  id: string;
  /** The run whose subflow this is, and the first of them all. */
  parent: string | null;
  root: string | null;
}

/** The runs above one that a subflow node has made: the first of all, and the one it belongs to. */
function Crumbs({ parent, root }: { parent: string; root: string | null }) {
  return (
    <nav className="crumbs" aria-label="Runs above">
      {root === null || root === parent ? null : (
        <>
          <Crumb id={root} />
          <span aria-hidden="true">…</span>
          <ChevronRight size={13} aria-hidden="true" />
        </>
      )}
      <Crumb id={parent} />
    </nav>
  );
}

function Crumb({ id }: { id: string }) {
  const graph = useQuery({
    queryKey: ["run-graph", id],
    queryFn: () => api.runs.graph(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <Link to={`/runs/${id}`} title={`The run ${id}`}>
        {graph.data ? `Run of ${graph.data.name}` : id}
      </Link>
      <ChevronRight size={13} aria-hidden="true" />
    </>
  );
}

function RunBar({ workflow, name, id, parent, root }: RunBarProps) {
  const summary = useRunSummary();
  const open = summary !== undefined && isOpenStatus(summary.status) && summary.mode === "live";
  const stop = async () => {
    try {
      await api.runs.cancel(id);
    } catch (error) {
      toast(sentenceOf(error), { tone: "error" });
    }
  };
  return (
    <header className="bar run-bar">
      <Link to="/runs" className="icon-button" data-tone="quiet" aria-label="All runs" title="All runs">
        <ArrowLeft size={15} />
      </Link>
      {parent === null ? null : <Crumbs parent={parent} root={root} />}
      <h1 className="bar-title">Run of {name}</h1>
      <span className="faint mono run-id">{id}</span>
      <span className="bar-space" />
      {open ? (
        <Button tone="danger" icon={<Square size={13} />} onClick={() => void stop()}>
          Stop
        </Button>
      ) : null}
      <a className="button" data-tone="plain" href={api.runs.exportAddress(id)} download={`${id}.ndjson`}>
        <Download size={13} />
        <span>Export run</span>
      </a>
      {workflow === null ? null : (
        <Link className="button" data-tone="primary" to={`/workflows/${workflow}`}>
          <span>Open the workflow</span>
        </Link>
      )}
    </header>
  );
}
