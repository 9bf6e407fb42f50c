import { factsOf } from "@signalbox/shared/nodes";
import { useEffect, useRef, useState } from "react";
import { useDocument } from "../document/store.ts";
import { titleOf } from "../nodes/cards.ts";
import { stateLooks } from "../nodes/state.ts";
import { runView } from "../run/hooks.ts";

/** Says what is selected, and what the run comes to, to who does not see it. */
export function Announcer() {
  return (
    <>
      <Selected />
      <RunNews />
    </>
  );
}

function Selected() {
  const words = useDocument(({ graph, selection, selectedEdges }) => {
    if (selection.length > 1) return `${selection.length} nodes selected`;
    const [id] = selection;
    const index = graph.nodes.findIndex((node) => node.id === id);
    const node = graph.nodes[index];
    if (!node) return selectedEdges.length > 0 ? "Edge selected" : "";
    const { status } = runView.node(node.id);
    const state = status === "idle" ? "" : `, ${stateLooks[status].word}`;
    const { title } = factsOf(node.type);
    const name = titleOf(node);
    const named = name === title ? title : `${title} ${name}`;
    return `${named}, ${index + 1} of ${graph.nodes.length}${state}`;
  });
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}

const worthSaying = new Set(["waiting", "failed", "in_doubt", "succeeded"]);

function RunNews() {
  const [words, setWords] = useState("");
  const said = useRef(new Map<string, string>());
  useEffect(() => {
    const tell = () => {
      if (runView.summary()?.mode !== "live") return;
      const news: string[] = [];
      for (const node of useDocument.getState().graph.nodes) {
        const { status } = runView.node(node.id);
        if (said.current.get(node.id) === status) continue;
        said.current.set(node.id, status);
        if (status !== "idle" && worthSaying.has(status)) news.push(`${titleOf(node)} ${stateLooks[status].word}`);
      }
      if (news.length > 0) setWords(news.slice(-3).join(". "));
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = runView.subscribe("run", () => {
      // a voice cannot keep up with a run: at most once a second
      timer ??= setTimeout(() => {
        timer = undefined;
        tell();
      }, 1000);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, []);
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}
