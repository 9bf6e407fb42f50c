import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { navigate } from "../router/location.ts";
import { lastWorkflow } from "./last-workflow.ts";

/** The workflow that was open last; where there is none, the newest; where there is none at all, the sample. */
async function firstWorkflow(): Promise<string> {
  const { items } = await api.workflows.list();
  const last = lastWorkflow();
  const known = items.find(({ id }) => id === last) ?? items[0];
  if (known) return known.id;
  const [template] = await api.templates.list();
  return (template ? await api.templates.instantiate(template.id) : await api.workflows.create("Untitled")).id;
}

/** `/`: goes on to a workflow. */
export function HomePage() {
  // never twice for one visit: it may make a workflow
  const first = useQuery({ queryKey: ["first-workflow"], queryFn: firstWorkflow, gcTime: 0, retry: false });
  const id = first.isFetching ? undefined : first.data;
  useEffect(() => {
    if (id !== undefined) navigate(`/workflows/${id}`, { replace: true });
  }, [id]);
  return (
    <main className="page page-note" aria-busy={first.isPending}>
      {first.error ? <p>{sentenceOf(first.error)}</p> : null}
    </main>
  );
}
