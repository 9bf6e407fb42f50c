import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense, useEffect } from "react";
import { HomePage } from "../pages/home.tsx";
import { MissingPage } from "../pages/missing.tsx";
import { WorkflowPage } from "../pages/workflow.tsx";
import { matchPath, usePath } from "../router/location.ts";
import { loadTimeline } from "../run/follow.ts";
import { Toasts } from "../ui/toast.tsx";
import { Mishap } from "./mishap.tsx";
import { NavRail } from "./nav-rail.tsx";
import { SignedIn } from "./signed-in.tsx";
import "./app.css";

// the canvas is what one comes for: the other pages are loaded when nothing else is to be done
const loadInbox = () => import("../pages/inbox.tsx").then((page) => ({ default: page.InboxPage }));
const loadRun = () => import("../pages/run.tsx").then((page) => ({ default: page.RunPage }));
const loadRuns = () => import("../pages/runs.tsx").then((page) => ({ default: page.RunsPage }));
const InboxPage = lazy(loadInbox);
const RunPage = lazy(loadRun);
const RunsPage = lazy(loadRuns);

/** Loads the other pages ahead, so that they open at once, and even while the engine is away. */
function loadAhead(): void {
  // what fails now is loaded when it is opened, which says what is wrong
  void Promise.allSettled([
    loadInbox(),
    loadRun(),
    loadRuns(),
    import("../dock/run-dock.tsx"),
    loadTimeline(),
    import("../toolbar/run-form.tsx"),
    import("../layout/tidy.ts"),
  ]);
}

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: 1,
      refetchOnWindowFocus: true,
      // nobody answered: the engine may be starting again, and what waits for it goes on by itself
      refetchInterval: ({ state }) => (state.error instanceof TypeError ? 3000 : false),
    },
  },
});

/** The editor: who is signed in, and the page of the address. */
export function App() {
  useEffect(() => {
    const timer = setTimeout(loadAhead, 2500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <QueryClientProvider client={queries}>
      <SignedIn>
        <div className="app">
          <NavRail />
          <CurrentPage />
        </div>
      </SignedIn>
      <Toasts />
    </QueryClientProvider>
  );
}

function CurrentPage() {
  const path = usePath();
  return (
    <Mishap key={path}>
      <Suspense fallback={<main className="page" aria-busy="true" />}>
        <Page path={path} />
      </Suspense>
    </Mishap>
  );
}

const pages: Readonly<Record<string, ComponentType<{ id: string }>>> = {
  "/": HomePage,
  "/workflows/:id": WorkflowPage,
  "/runs": RunsPage,
  "/runs/:id": RunPage,
  "/inbox": InboxPage,
};

function Page({ path }: { path: string }) {
  for (const [pattern, Shown] of Object.entries(pages)) {
    const params = matchPath(pattern, path);
    // one page an address: another workflow starts with nothing of the one before
    if (params) return <Shown key={path} id={params.id ?? ""} />;
  }
  return <MissingPage />;
}
