/** The part of the editor that is loaded when it is first needed. */
export type CodeEditorModule = typeof import("./code-editor.tsx");

let loaded: CodeEditorModule | undefined;
let loading: Promise<CodeEditorModule> | undefined;

/** The editor, once it is here. */
export function loadedEditor(): CodeEditorModule | undefined {
  return loaded;
}

/** Loads the editor. It is the largest part of the page, so nothing waits for it. */
export function loadEditor(): Promise<CodeEditorModule> {
  loading ??= import("./code-editor.tsx").then((module) => {
    loaded = module;
    return module;
  });
  return loading;
}

/** Loads it when the page has nothing better to do, and says when it is here; gives back how to stop waiting. */
export function preloadEditor(onLoaded: (module: CodeEditorModule) => void): () => void {
  let stopped = false;
  const load = () => {
    void loadEditor().then((module) => {
      if (!stopped) onLoaded(module);
    });
  };
  const hasIdle = typeof requestIdleCallback === "function";
  const timer = hasIdle ? requestIdleCallback(load, { timeout: 1500 }) : setTimeout(load, 300);
  return () => {
    stopped = true;
    if (hasIdle) cancelIdleCallback(timer as number);
    else clearTimeout(timer);
  };
}
