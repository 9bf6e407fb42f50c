import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import "./menu.css";

/** One line of a menu. */
export interface MenuItem {
  /** Tells items of the same words apart. */
  key?: string;
  label: string;
  icon?: ReactNode;
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  /** What opens it; put into a quiet icon button. */
  children: ReactNode;
}

/** A button that opens a menu: the platform's popover, which closes by itself. Arrow keys go from item to item. */
export function Menu({ label, items, children }: MenuProps) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const place = () => {
    const button = trigger.current?.getBoundingClientRect();
    const menu = list.current;
    if (!button || !menu) return;
    // placed by hand: anchor positioning is not in every browser we serve
    menu.style.top = `${button.bottom + 4}px`;
    menu.style.left = `${Math.max(8, Math.min(button.left, window.innerWidth - menu.offsetWidth - 8))}px`;
    menu.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const choices = [...(list.current?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
    const at = choices.indexOf(document.activeElement as HTMLElement);
    choices[(at + step + choices.length) % choices.length]?.focus();
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="icon-button"
        data-tone="quiet"
        aria-label={label}
        aria-haspopup="menu"
        title={label}
        popoverTarget={id}
      >
        {children}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="menu"
        onToggle={(event) => event.newState === "open" && place()}
        onKeyDown={onKeyDown}
      >
        {items.map(({ key, label: word, icon, shortcut, danger, disabled, onSelect }) => (
          <button
            key={key ?? word}
            type="button"
            role="menuitem"
            data-danger={danger ? "" : undefined}
            disabled={disabled}
            onClick={() => {
              list.current?.hidePopover();
              onSelect();
            }}
          >
            {icon}
            <span>{word}</span>
            {shortcut === undefined ? null : <kbd>{shortcut}</kbd>}
          </button>
        ))}
      </div>
    </>
  );
}
