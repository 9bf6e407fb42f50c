import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { type Where, whereNext } from "../document/arrange.ts";
import { snap } from "../document/geometry.ts";
import { shownNow } from "../document/shown.ts";
import { addStep } from "../document/steps.ts";
import { useDocument } from "../document/store.ts";
import { fitsWire } from "../document/wires.ts";
import { lookFor } from "../nodes/cards.ts";
import { cardWidth, mainY } from "../nodes/size.ts";
import { offered } from "../palette/offer.ts";
import { recentTypes, rememberType } from "../palette/recent.ts";
import { search } from "../palette/search.ts";
import { focusNode } from "./focus.ts";
import { closePicker, type PickerRequest, usePicker } from "./picker-store.ts";
import { pointOnCanvas } from "./pointer.ts";
import "../nodes/kind-chip.css";
import "./picker.css";

/** Asks which step is to be added, where it was asked from. */
export function Picker() {
  const request = usePicker((state) => state.request);
  return request ? <OpenPicker key={JSON.stringify(request)} request={request} /> : null;
}

function typesFor({ end, edge }: PickerRequest): NodeTypeName[] {
  if (end) return offered.filter((type) => fitsWire(type, end));
  if (edge === undefined) return [...offered];
  // into an edge goes only what has a way in and a way out
  return offered.filter((type) => {
    const { role, handles, initial } = factsOf(type);
    return role !== "entry" && role !== "remark" && handles(initial).length > 0;
  });
}

function OpenPicker({ request }: { request: PickerRequest }) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const panel = useRef<HTMLDivElement>(null);
  const list = useId();
  const found = search(typesFor(request), typed, recentTypes());
  const chosen = found[Math.min(active, found.length - 1)];

  useLayoutEffect(() => {
    const box = panel.current;
    if (!box) return;
    // beside where it was asked for, and never over the edge of the window
    box.style.left = `${Math.max(8, Math.min(request.at.x, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(request.at.y, innerHeight - box.offsetHeight - 8))}px`;
  }, [request]);

  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !panel.current?.contains(event.target)) closePicker();
    };
    document.addEventListener("pointerdown", away, true);
    return () => document.removeEventListener("pointerdown", away, true);
  }, []);

  const pick = (type: NodeTypeName | undefined) => {
    if (!type) return;
    closePicker();
    rememberType(type);
    const id = addStep(type, whereFor(request, type));
    if (id !== undefined) focusNode(id);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((found.indexOf(chosen as NodeTypeName) + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      pick(chosen);
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      closePicker();
      focusNode(undefined);
    }
    event.stopPropagation();
  };

  return (
    <div ref={panel} className="picker" role="dialog" aria-label="Add a step">
      <div className="picker-search">
        <Search size={14} aria-hidden="true" />
        <input
          // biome-ignore lint/a11y/noAutofocus: it was opened to type into it
          autoFocus
          value={typed}
          placeholder={request.end ? "Add and connect …" : "Add a step …"}
          aria-label="Search steps"
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={chosen && `${list}-${chosen}`}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={list} role="listbox" aria-label="Steps" className="picker-list">
        {found.map((type, index) => (
          <Choice
            key={type}
            id={`${list}-${type}`}
            type={type}
            active={type === chosen}
            onHover={() => setActive(index)}
            onPick={() => pick(type)}
          />
        ))}
      </div>
      {found.length === 0 ? <p className="picker-none">Nothing is called that.</p> : null}
    </div>
  );
}

interface ChoiceProps {
  id: string;
  type: NodeTypeName;
  active: boolean;
  onHover: () => void;
  onPick: () => void;
}

function Choice({ id, type, active, onHover, onPick }: ChoiceProps) {
  const { title, summary } = factsOf(type);
  const { icon: Icon, kind } = lookFor(type);
  const line = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (active) line.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <button
      ref={line}
      id={id}
      type="button"
      role="option"
      aria-selected={active}
      tabIndex={-1}
      className="picker-choice"
      onPointerMove={active ? undefined : onHover}
      onClick={onPick}
    >
      <span className="kind-chip" data-kind={kind}>
        <Icon size={15} aria-hidden="true" />
      </span>
      <span className="picker-words">
        <b>{title}</b>
        <small className="ellipsis">{summary}</small>
      </span>
    </button>
  );
}

/** Where the picked step goes: what was asked for, else what a person would mean. */
function whereFor({ end, edge, point }: PickerRequest, type: NodeTypeName): Where {
  if (edge !== undefined) return { edge };
  if (end) {
    // the wire was let go here: this is where the step's own handle goes
    const corner = point && { x: point.x - (end.side === "target" ? cardWidth : 0), y: point.y - mainY };
    return { end, point: corner && snap(corner) };
  }
  if (point) return { point: snap({ x: point.x - cardWidth / 2, y: point.y - mainY }) };
  const { selection } = useDocument.getState();
  return whereNext(shownNow(), type, selection, pointOnCanvas());
}
