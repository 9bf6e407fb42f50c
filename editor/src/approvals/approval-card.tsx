import { isBlobRef } from "@signalbox/shared/events";
import type { Json, JsonObject, JsonSchema } from "@signalbox/shared/json";
import { Hand } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { initialValue } from "../forms/schema-fields.ts";
import { SchemaForm } from "../forms/schema-form.tsx";
import { ApprovalActions } from "../run/approve.tsx";
import { Field, TextArea } from "../ui/field.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { ApprovalTerms, type Terms } from "./approval-terms.tsx";
import "./approval-card.css";

/** What is asked of people, whether it comes from the log or from the inbox. */
interface Asked extends Terms {
  id: string;
  title: string;
  body?: unknown;
  show?: Json | undefined;
  form?: Json | undefined;
}

interface ApprovalCardProps {
  approval: Asked;
  /** Where it comes from. */
  origin?: ReactNode;
  onDecided?: () => void;
}

/** One approval in full: what is to be judged, what may be changed, a comment, and the two answers. */
export function ApprovalCard({ approval, origin, onDecided }: ApprovalCardProps) {
  const { title, body, show, form } = approval;
  const schema = isObject(form) ? (form as JsonSchema) : undefined;
  const [values, setValues] = useState<JsonObject>(() => (schema ? initialValue(schema, show) : {}));
  const [comment, setComment] = useState("");
  const commentId = useId();
  const card = useRef<HTMLElement>(null);
  // the first field that cannot be sent says why, and is brought into view
  const isFilled = () => {
    const wrong = card.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>(".input:invalid");
    return wrong ? wrong.reportValidity() : true;
  };
  return (
    <article ref={card} className="approval-card" tabIndex={-1} aria-label={`Approval: ${title}`}>
      <header>
        <Hand size={15} />
        <h3>{title}</h3>
        {origin}
      </header>
      <ApprovalTerms {...approval} />
      {textOf(body) === "" ? null : <Markdown text={textOf(body)} />}
      <Shown show={show} without={editable(schema)} />
      {schema ? <SchemaForm schema={schema} value={values} onValue={setValues} /> : null}
      <Field label="Comment" htmlFor={commentId}>
        <TextArea id={commentId} rows={1} value={comment} onText={setComment} placeholder="Optional, kept in the log" />
      </Field>
      <footer>
        <ApprovalActions
          approval={approval}
          comment={comment}
          isFilled={isFilled}
          {...(schema ? { values } : {})}
          {...(onDecided ? { onDecided } : {})}
        />
      </footer>
    </article>
  );
}

/** What can be edited stands in its field, and is not said twice. */
function editable(schema: JsonSchema | undefined): ReadonlySet<string> {
  return new Set(isObject(schema?.properties) ? Object.keys(schema.properties) : []);
}

function Shown({ show, without }: { show: Json | undefined; without: ReadonlySet<string> }) {
  if (!isObject(show)) return null;
  const entries = Object.entries(show).filter(([name]) => !without.has(name));
  if (entries.length === 0) return null;
  return (
    <dl className="approval-shown">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === "string" ? value : JSON.stringify(value, null, 2)}</dd>
        </div>
      ))}
    </dl>
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !isBlobRef(value);
}

function textOf(body: unknown): string {
  if (isBlobRef(body)) return body.preview;
  return typeof body === "string" ? body : "";
}
