import type { Json } from "@signalbox/shared/json";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type Entry, entriesOf, glance, isContainer, opensAtFirst, sizeWords } from "./entries.ts";
import "./values.css";

/** So many entries are shown at a time. */
const page = 100;
const longestText = 400;

interface JsonTreeProps {
  value: Json;
  /** Shows a value that is only a reference to the real one; undefined for what is none. */
  renderReference?: (value: Json) => ReactNode;
}

/** Any JSON as a tree that can be opened and closed. */
export function JsonTree({ value, renderReference = () => undefined }: JsonTreeProps) {
  return (
    <div className="json-tree">
      {isContainer(value) ? (
        <Entries value={value} depth={0} renderReference={renderReference} />
      ) : (
        <Leaf value={value} />
      )}
    </div>
  );
}

interface EntriesProps extends Required<JsonTreeProps> {
  depth: number;
}

function Entries({ value, depth, renderReference }: EntriesProps) {
  const [shown, setShown] = useState(page);
  const entries = entriesOf(value);
  if (entries.length === 0) return <span className="json-empty">{Array.isArray(value) ? "[ ]" : "{ }"}</span>;
  const left = entries.length - shown;
  return (
    <ul>
      {entries.slice(0, shown).map((entry) => (
        <Line key={entry.name} entry={entry} depth={depth} renderReference={renderReference} />
      ))}
      {left > 0 ? (
        <li>
          <button type="button" className="json-more" onClick={() => setShown(shown + page)}>
            Show {Math.min(page, left)} more of {left.toLocaleString("en")}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

interface LineProps extends Omit<EntriesProps, "value"> {
  entry: Entry;
}

function Line({ entry: { name, value }, depth, renderReference }: LineProps) {
  const [open, setOpen] = useState(() => opensAtFirst(value, depth));
  const reference = renderReference(value);
  if (reference) {
    return (
      <li>
        <span className="json-name">{name}</span>
        {reference}
      </li>
    );
  }
  if (!isContainer(value)) {
    return (
      <li>
        <span className="json-name">{name}</span>
        <Leaf value={value} />
      </li>
    );
  }
  return (
    <li>
      <button type="button" className="json-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight size={12} aria-hidden="true" />
        <span className="json-name">{name}</span>
        <span className="json-size">{open ? sizeWords(value) : `${sizeWords(value)} · ${glance(value)}`}</span>
      </button>
      {open ? <Entries value={value} depth={depth + 1} renderReference={renderReference} /> : null}
    </li>
  );
}

function Leaf({ value }: { value: Json }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== "string") {
    return (
      <span className="json-leaf" data-type={value === null ? "null" : typeof value}>
        {JSON.stringify(value)}
      </span>
    );
  }
  const isCut = !whole && value.length > longestText;
  const text = isCut ? `${value.slice(0, longestText)}…` : value;
  return (
    <span className="json-leaf" data-type="string" data-block={value.includes("\n") ? "" : undefined}>
      {text === "" ? <span className="json-empty">empty text</span> : text}
      {isCut ? (
        <button type="button" className="json-more" onClick={() => setWhole(true)}>
          Show all {value.length.toLocaleString("en")} characters
        </button>
      ) : null}
    </span>
  );
}
