import { type BlobRef, isBlobRef } from "@signalbox/shared/events";
import type { Json } from "@signalbox/shared/json";
import { useQuery } from "@tanstack/react-query";
import { Check, Copy } from "lucide-react";
import { type ReactNode, useState } from "react";
import { api, sentenceOf } from "../api/client.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { toast } from "../ui/toast.tsx";
import { isContainer } from "./entries.ts";
import { JsonTree } from "./json-tree.tsx";
import { writeValue } from "./write.ts";
import "./values.css";

interface ValueViewProps {
  value: Json;
  /** What it is, over it. */
  title?: string;
}

/** One value of a run: readable, to be opened, to be copied. */
export function ValueView({ value, title }: ValueViewProps) {
  const isBlob = isContainer(value) && isBlobRef(value);
  return (
    <section className="value-view" aria-label={title}>
      <header>
        {title === undefined ? null : <h4>{title}</h4>}
        {isBlob ? null : <CopyButton value={value} />}
      </header>
      {isBlob ? <BlobView blob={value} /> : <JsonTree value={value} renderReference={blobIn} />}
    </section>
  );
}

function CopyButton({ value }: { value: Json }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(writeValue(value, Number.POSITIVE_INFINITY));
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      toast("The browser did not let this page write to the clipboard.", { tone: "error" });
    }
  };
  return (
    <IconButton label={copied ? "Copied" : "Copy"} size="small" onClick={() => void copy()}>
      {copied ? <Check size={13} /> : <Copy size={13} />}
    </IconButton>
  );
}

function blobIn(value: Json): ReactNode {
  // asked of every line: the cheap question first
  const isReference = isContainer(value) && "$blob" in value && isBlobRef(value);
  return isReference ? <BlobView blob={value} /> : undefined;
}

/** A value too large for the log: how it begins, and the whole of it when it is asked for. */
function BlobView({ blob }: { blob: BlobRef }) {
  const [wanted, setWanted] = useState(false);
  const whole = useQuery({
    queryKey: ["blob", blob.$blob],
    queryFn: () => api.blob(blob.$blob),
    enabled: wanted,
    // it is named by its content: it never changes
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (whole.data !== undefined) return <ValueView value={whole.data} />;
  return (
    <div className="blob">
      <pre>{blob.preview}…</pre>
      <Button size="small" disabled={whole.isFetching} onClick={() => setWanted(true)}>
        {whole.isFetching ? "Loading …" : `Load all ${sizeOf(blob.bytes)}`}
      </Button>
      {whole.error ? (
        <p className="field-problem" data-severity="error">
          {sentenceOf(whole.error)}
        </p>
      ) : null}
    </div>
  );
}

function sizeOf(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
