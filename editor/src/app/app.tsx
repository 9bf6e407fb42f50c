import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { BrowserRouter, Route, Routes } from "react-router";
import { HomePage } from "../pages/home.tsx";
import { MissingPage } from "../pages/missing.tsx";
import { WorkflowPage } from "../pages/workflow.tsx";
import { Toasts } from "../ui/toast.tsx";
import { NavRail } from "./nav-rail.tsx";
import { SignedIn } from "./signed-in.tsx";
import "./app.css";

// the canvas is what one comes for: the other pages are loaded when they are opened
const InboxPage = lazy(() => import("../pages/inbox.tsx").then((page) => ({ default: page.InboxPage })));
const RunPage = lazy(() => import("../pages/run.tsx").then((page) => ({ default: page.RunPage })));
const RunsPage = lazy(() => import("../pages/runs.tsx").then((page) => ({ default: page.RunsPage })));

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: 1, refetchOnWindowFocus: true } },
});

/** The editor: who is signed in, and the page of the address. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <SignedIn>
        <BrowserRouter>
          <div className="app">
            <NavRail />
            <Suspense fallback={<main className="page" aria-busy="true" />}>
              <Routes>
                <Route path="/" element={<HomePage />} />
                <Route path="/workflows/:id" element={<WorkflowPage />} />
                <Route path="/runs" element={<RunsPage />} />
                <Route path="/runs/:id" element={<RunPage />} />
                <Route path="/inbox" element={<InboxPage />} />
                <Route path="*" element={<MissingPage />} />
              </Routes>
            </Suspense>
          </div>
        </BrowserRouter>
      </SignedIn>
      <Toasts />
    </QueryClientProvider>
  );
}
