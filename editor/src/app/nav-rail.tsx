import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Inbox, ListVideo, Monitor, Moon, Sun, Workflow } from "lucide-react";
import { useEffect } from "react";
import { NavLink } from "react-router";
import { api } from "../api/client.ts";
import { followTopic, useConnection } from "../live/socket.ts";
import { Mark } from "./mark.tsx";
import { chooseTheme, type Theme, useTheme } from "./theme.ts";

const nextTheme: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const themeIcons = { system: Monitor, light: Sun, dark: Moon };

/** The narrow rail at the far left: where one can go. */
export function NavRail() {
  const pending = usePendingApprovals();
  const { theme } = useTheme();
  const { status } = useConnection();
  const ThemeIcon = themeIcons[theme];
  return (
    <nav className="nav-rail" aria-label="Pages">
      <NavLink to="/" className="nav-mark" aria-label="Signalbox, home" title="Signalbox">
        <Mark />
      </NavLink>
      <NavLink
        to="/"
        title="Workflow"
        aria-label="Workflow"
        className={({ isActive }) => navClass(isActive || onWorkflow())}
      >
        <Workflow size={18} />
      </NavLink>
      <NavLink to="/runs" title="Runs" aria-label="Runs" className={({ isActive }) => navClass(isActive)}>
        <ListVideo size={18} />
      </NavLink>
      <NavLink
        to="/inbox"
        title="Inbox"
        aria-label={pending > 0 ? `Inbox, ${pending} waiting` : "Inbox"}
        className={({ isActive }) => navClass(isActive)}
      >
        <Inbox size={18} />
        {pending > 0 ? <span className="nav-badge">{pending > 99 ? "99+" : pending}</span> : null}
      </NavLink>
      <span className="nav-space" />
      {status === "lost" ? (
        <span className="nav-lost" role="status" title="The line to the engine is lost. Trying again.">
          offline
        </span>
      ) : null}
      <button
        type="button"
        className="nav-link"
        aria-label={`Theme: ${theme}`}
        title={`Theme: ${theme}. Press for ${nextTheme[theme]}.`}
        onClick={() => chooseTheme(nextTheme[theme])}
      >
        <ThemeIcon size={16} />
      </button>
    </nav>
  );
}

function navClass(active: boolean): string {
  return active ? "nav-link active" : "nav-link";
}

function onWorkflow(): boolean {
  return location.pathname.startsWith("/workflows/");
}

/** How many approvals wait; asked again whenever one is asked or decided. */
function usePendingApprovals(): number {
  const queries = useQueryClient();
  useEffect(
    () => followTopic("approvals", () => void queries.invalidateQueries({ queryKey: ["approvals"] })),
    [queries],
  );
  const list = useQuery({
    queryKey: ["approvals", "pending"],
    queryFn: () => api.approvals.list({ status: "pending" }),
  });
  return list.data?.items.length ?? 0;
}
