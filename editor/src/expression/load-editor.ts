import type { ComponentType } from "react";
import type { CodeEditorProps } from "./code-editor.tsx";

/** The part of the editor that is loaded when it is first needed. */
export type LoadedEditor = ComponentType<CodeEditorProps>;

let loaded: LoadedEditor | undefined;
let loading: Promise<LoadedEditor> | undefined;

/** The editor, once it is here. */
export function loadedEditor(): LoadedEditor | undefined {
  return loaded;
}

/** Loads the editor. It is the largest part of the page, so nothing waits for it. */
export function loadEditor(): Promise<LoadedEditor> {
  loading ??= import("./code-editor.tsx").then(
    ({ CodeEditor }) => {
      loaded = CodeEditor;
      return CodeEditor;
    },
    (error: unknown) => {
      // the engine may be back when it is needed again
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** Loads it when the page has nothing better to do, and says when it is here; gives back how to stop waiting. */
export function preloadEditor(onLoaded: (editor: LoadedEditor) => void = () => undefined): () => void {
  let stopped = false;
  const load = () => {
    loadEditor().then(
      (editor) => {
        if (!stopped) onLoaded(editor);
      },
      () => undefined,
    );
  };
  const hasIdle = typeof requestIdleCallback === "function";
  const timer = hasIdle ? requestIdleCallback(load, { timeout: 1500 }) : setTimeout(load, 300);
  return () => {
    stopped = true;
    if (hasIdle) cancelIdleCallback(timer as number);
    else clearTimeout(timer);
  };
}
