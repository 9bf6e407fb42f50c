import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { BrowserRouter, Route, Routes } from "react-router";
import { HomePage } from "../pages/home.tsx";
import { InboxPage } from "../pages/inbox.tsx";
import { MissingPage } from "../pages/missing.tsx";
import { RunPage } from "../pages/run.tsx";
import { RunsPage } from "../pages/runs.tsx";
import { WorkflowPage } from "../pages/workflow.tsx";
import { Toasts } from "../ui/toast.tsx";
import { NavRail } from "./nav-rail.tsx";
import { SignedIn } from "./signed-in.tsx";
import "./app.css";

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
            <Routes>
              <Route path="/" element={<HomePage />} />
              <Route path="/workflows/:id" element={<WorkflowPage />} />
              <Route path="/runs" element={<RunsPage />} />
              <Route path="/runs/:id" element={<RunPage />} />
              <Route path="/inbox" element={<InboxPage />} />
              <Route path="*" element={<MissingPage />} />
            </Routes>
          </div>
        </BrowserRouter>
      </SignedIn>
      <Toasts />
    </QueryClientProvider>
  );
}
