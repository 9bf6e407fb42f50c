import { X } from "lucide-react";
import { create } from "zustand";
import { Button, IconButton } from "./button.tsx";
import "./toast.css";

interface ToastEntry {
  id: number;
  text: string;
  tone: "info" | "error";
  /** Further lines, as the reasons why a file was refused. */
  details: readonly string[];
  actions: readonly { label: string; onSelect: () => void }[];
  /** Stays until it is answered or closed. */
  sticky: boolean;
}

const useToasts = create<{ entries: readonly ToastEntry[] }>(() => ({ entries: [] }));
let last = 0;

type Options = Partial<Pick<ToastEntry, "tone" | "details" | "actions" | "sticky">>;

/** Says something at the lower edge; it goes by itself unless it is sticky. Gives back how to take it away. */
export function toast(text: string, options: Options = {}): () => void {
  last += 1;
  const id = last;
  const entry: ToastEntry = { id, text, tone: "info", details: [], actions: [], sticky: false, ...options };
  useToasts.setState(({ entries }) => ({
    entries: [...entries.filter((other) => other.text !== text), entry].slice(-3),
  }));
  const close = () => useToasts.setState(({ entries }) => ({ entries: entries.filter((other) => other.id !== id) }));
  if (!entry.sticky) setTimeout(close, entry.tone === "error" ? 9000 : 4000);
  return close;
}

/** Where toasts are shown; once in the page. */
export function Toasts() {
  const { entries } = useToasts();
  return (
    <section className="toasts" aria-live="polite" aria-label="Messages">
      {entries.map(({ id, text, tone, details, actions }) => {
        const close = () => useToasts.setState((now) => ({ entries: now.entries.filter((other) => other.id !== id) }));
        return (
          <div key={id} className="toast" data-tone={tone} role={tone === "error" ? "alert" : "status"}>
            <div className="toast-words">
              <p>{text}</p>
              {details.slice(0, 4).map((detail) => (
                <p key={detail} className="toast-detail">
                  {detail}
                </p>
              ))}
              {details.length > 4 ? <p className="toast-detail">and {details.length - 4} more.</p> : null}
            </div>
            {actions.map(({ label, onSelect }) => (
              <Button
                key={label}
                size="small"
                onClick={() => {
                  close();
                  onSelect();
                }}
              >
                {label}
              </Button>
            ))}
            <IconButton label="Dismiss" size="small" onClick={close}>
              <X size={14} />
            </IconButton>
          </div>
        );
      })}
    </section>
  );
}
