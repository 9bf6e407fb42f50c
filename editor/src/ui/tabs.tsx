import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import "./tabs.css";

/** One tab: its id, its word, and perhaps a small figure behind it. */
interface Tab<Id extends string> {
  id: Id;
  label: string;
  badge?: ReactNode;
}

interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly Tab<Id>[];
  active: Id;
  onActive: (id: Id) => void;
  children: ReactNode;
  /** Right of the tabs, in the same line. */
  action?: ReactNode;
}

/** A line of tabs over the panel of the active one; arrow keys go from tab to tab. */
export function Tabs<Id extends string>({ label, tabs, active, onActive, children, action }: TabsProps<Id>) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex(({ id }) => id === active);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onActive(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className="tabs">
      <div className="tabs-line">
        <div ref={list} className="tabs-list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
          {tabs.map(({ id, label: word, badge }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`${base}-${id}`}
              data-tab={id}
              aria-selected={id === active}
              aria-controls={`${base}-panel`}
              tabIndex={id === active ? 0 : -1}
              onClick={() => onActive(id)}
            >
              {word}
              {badge}
            </button>
          ))}
        </div>
        {action}
      </div>
      <div className="tabs-panel" role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${active}`}>
        {children}
      </div>
    </div>
  );
}
