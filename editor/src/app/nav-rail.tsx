import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Inbox, ListVideo, Monitor, Moon, Sun, Workflow } from "lucide-react";
import { useEffect } from "react";
import { api } from "../api/client.ts";
import { followTopic, useConnection } from "../live/socket.ts";
import { Link } from "../router/link.tsx";
import { usePath } from "../router/location.ts";
import { Mark } from "./mark.tsx";
import { chooseTheme, type Theme, useTheme } from "./theme.ts";

const nextTheme: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const themeIcons = { system: Monitor, light: Sun, dark: Moon };

/** The narrow rail at the far left: where one can go. */
export function NavRail() {
  const pending = usePendingApprovals();
  const { theme } = useTheme();
  const { status } = useConnection();
  const path = usePath();
  const ThemeIcon = themeIcons[theme];
  return (
    <nav className="nav-rail" aria-label="Pages">
      <Link to="/" className="nav-mark" aria-label="Signalbox, home" title="Signalbox">
        <Mark />
      </Link>
      <Link to="/" title="Workflow" aria-label="Workflow" {...navState(path === "/" || path.startsWith("/workflows/"))}>
        <Workflow size={18} />
      </Link>
      <Link to="/runs" title="Runs" aria-label="Runs" {...navState(path.startsWith("/runs"))}>
        <ListVideo size={18} />
      </Link>
      <Link
        to="/inbox"
        title="Inbox"
        aria-label={pending > 0 ? `Inbox, ${pending} waiting` : "Inbox"}
        {...navState(path === "/inbox")}
      >
        <Inbox size={18} />
        {pending > 0 ? <span className="nav-badge">{pending > 99 ? "99+" : pending}</span> : null}
      </Link>
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

function navState(active: boolean) {
  return active
    ? ({ className: "nav-link active", "aria-current": "page" } as const)
    : ({ className: "nav-link" } as const);
}

/** How much people are asked; looked at again whenever something is asked or decided. */
function usePendingApprovals(): number {
  const queries = useQueryClient();
  useEffect(
    () =>
      followTopic("approvals", () => {
        void queries.invalidateQueries({ queryKey: ["approvals"] });
        void queries.invalidateQueries({ queryKey: ["questions"] });
      }),
    [queries],
  );
  const list = useQuery({
    queryKey: ["approvals", "pending"],
    queryFn: () => api.approvals.list({ status: "pending" }),
  });
  const questions = useQuery({
    queryKey: ["questions", "pending"],
    queryFn: () => api.questions.list({ status: "pending" }),
  });
  return (list.data?.items.length ?? 0) + (questions.data?.items.length ?? 0);
}
