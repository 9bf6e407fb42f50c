import { type KeyboardEvent, useId, useRef, useState } from "react";
import "./combobox.css";

/** One suggestion of a combobox. */
export interface ComboboxOption {
  value: string;
  label: string;
  /** A second, quiet line. */
  detail?: string | undefined;
  /** A word at the right: where it comes from. */
  tag?: string | undefined;
}

interface ComboboxProps {
  id: string;
  /** The accessible name. */
  label: string;
  value: string;
  options: readonly ComboboxOption[];
  onValue: (value: string) => void;
  /** Whether anything may be written, not only what is suggested. */
  free?: boolean;
  disabled?: boolean;
  placeholder?: string;
  mono?: boolean;
}

/** A text field with suggestions; arrow keys choose, Enter takes, Escape closes. */
export function Combobox({
  id,
  label,
  value,
  options,
  onValue,
  free = false,
  disabled,
  placeholder,
  mono,
}: ComboboxProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState<string>();
  const [active, setActive] = useState(0);
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  const shown = query === undefined ? options : options.filter((option) => fits(option, query));

  const show = () => {
    const box = input.current?.getBoundingClientRect();
    if (!box || !list.current || open || disabled) return;
    // placed by hand: anchor positioning is not in every browser we serve
    const below = window.innerHeight - box.bottom - 12;
    const above = box.top - 12;
    const upward = below < 200 && above > below;
    Object.assign(list.current.style, {
      left: `${box.left}px`,
      width: `${box.width}px`,
      maxHeight: `${Math.min(320, upward ? above : below)}px`,
      top: upward ? "auto" : `${box.bottom + 4}px`,
      bottom: upward ? `${window.innerHeight - box.top + 4}px` : "auto",
    });
    list.current.showPopover();
    setActive(Math.max(0, chosen ? options.indexOf(chosen) : 0));
    setOpen(true);
  };
  const hide = () => {
    if (open) list.current?.hidePopover();
    setOpen(false);
    setQuery(undefined);
  };
  const take = (option: ComboboxOption | undefined) => {
    if (option) onValue(option.value);
    hide();
  };
  const step = (by: number) => {
    const next = (active + by + shown.length) % Math.max(1, shown.length);
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by !== 0) {
      event.preventDefault();
      if (open) step(by);
      else show();
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      take(shown[active]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      hide();
    }
  };
  return (
    <span className="select combobox">
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        className="input"
        data-mono={mono ? "" : undefined}
        aria-label={label}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        placeholder={placeholder}
        value={free ? value : (query ?? chosen?.label ?? value)}
        onChange={(event) => {
          show();
          setQuery(event.target.value);
          setActive(0);
          if (free) onValue(event.target.value);
        }}
        onClick={show}
        onKeyDown={onKeyDown}
        onBlur={hide}
      />
      <div ref={list} id={listId} popover="manual" role="listbox" aria-label="Suggestions" className="combobox-list">
        {shown.map((option, index) => (
          // the input keeps the focus and speaks for its options: they take no keys of their own
          <div
            key={option.value}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={option.value === value}
            data-active={index === active ? "" : undefined}
            onPointerDown={(event) => {
              event.preventDefault();
              take(option);
            }}
            onPointerMove={() => setActive(index)}
          >
            <span className="combobox-label" data-mono={mono ? "" : undefined}>
              {option.label}
            </span>
            {option.tag === undefined ? null : <span className="combobox-tag">{option.tag}</span>}
            {option.detail === undefined ? null : <span className="combobox-detail">{option.detail}</span>}
          </div>
        ))}
      </div>
    </span>
  );
}

function fits({ value, label, tag }: ComboboxOption, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return `${value} ${label} ${tag ?? ""}`.toLowerCase().includes(wanted);
}
