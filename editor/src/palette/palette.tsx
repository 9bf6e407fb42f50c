import { factsOf, type NodeTypeName } from "@signalbox/shared/nodes";
import { Search } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { middleOfView } from "../canvas/camera.ts";
import { focusNode } from "../canvas/focus.ts";
import { whereNext } from "../document/arrange.ts";
import { shownNow } from "../document/shown.ts";
import { addStep } from "../document/steps.ts";
import { useDocument } from "../document/store.ts";
import { lookFor } from "../nodes/cards.ts";
import { startDrag } from "./drag.ts";
import { Ghost } from "./ghost.tsx";
import { groups, offered } from "./offer.ts";
import { rememberType } from "./recent.ts";
import { search } from "./search.ts";
import "../nodes/kind-chip.css";
import "./palette.css";

/** Everything that can be put on the canvas: dragged there, or added with a click. */
export function Palette() {
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const found = search(offered, typed, []);
  const walk = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const items = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[Math.max(0, Math.min(items.length - 1, at + step))]?.focus();
  };
  return (
    <div className="palette">
      <label className="palette-search">
        <Search size={13} aria-hidden="true" />
        <input
          type="search"
          value={typed}
          placeholder="Find a node"
          aria-label="Find a node"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === "Enter" && first) add(first);
          }}
        />
      </label>
      <div
        ref={list}
        className="palette-list"
        role="toolbar"
        aria-label="Nodes"
        aria-orientation="vertical"
        onKeyDown={walk}
      >
        {groups.map(({ group, title }) => {
          const types = found.filter((type) => factsOf(type).group === group);
          return types.length === 0 ? null : (
            <section key={group} aria-label={title}>
              <h3>{title}</h3>
              {types.map((type) => (
                <Item key={type} type={type} />
              ))}
            </section>
          );
        })}
        {found.length === 0 ? <p className="palette-none">Nothing is called that.</p> : null}
      </div>
      <p className="palette-hint">
        Drag onto the canvas, or press <kbd>/</kbd> there.
      </p>
      <Ghost />
    </div>
  );
}

function add(type: NodeTypeName): void {
  const { selection } = useDocument.getState();
  const id = addStep(type, whereNext(shownNow(), type, selection, middleOfView()));
  if (id === undefined) return;
  rememberType(type);
  focusNode(id);
}

function Item({ type }: { type: NodeTypeName }) {
  const { title, summary } = factsOf(type);
  const { icon: Icon, kind } = lookFor(type);
  const dragged = useRef(false);
  const take = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    dragged.current = false;
    startDrag(type, event.nativeEvent, () => {
      dragged.current = true;
    });
  };
  return (
    <button
      type="button"
      className="palette-item"
      title={summary}
      data-palette={type}
      onPointerDown={take}
      onClick={() => {
        // the click that ends a drag adds nothing more
        if (!dragged.current) add(type);
        dragged.current = false;
      }}
    >
      <span className="kind-chip" data-kind={kind}>
        <Icon size={15} aria-hidden="true" />
      </span>
      {title}
    </button>
  );
}
