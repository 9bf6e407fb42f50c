import type { CreateCredential, Credential } from "@signalbox/shared/api";
import { type FormEvent, useId, useState } from "react";
import { ApiProblem, api, sentenceOf } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Select, TextInput } from "../ui/field.tsx";
import "./credentials.css";

type Kind = CreateCredential["kind"];

const kinds: readonly { value: Kind; label: string }[] = [
  { value: "bearer", label: "Bearer token" },
  { value: "header", label: "A header of its own" },
  { value: "basic", label: "User and password" },
  { value: "webhook", label: "Key that signs webhooks" },
];

/** What is asked for besides name and hosts, as each kind calls it. */
const fields: Readonly<Record<Kind, { first?: { label: string; path: string; example: string }; secret: string }>> = {
  bearer: { secret: "Token" },
  header: { first: { label: "Header", path: "secret.name", example: "X-Api-Key" }, secret: "Value" },
  basic: { first: { label: "User", path: "secret.user", example: "" }, secret: "Password" },
  webhook: { secret: "Signing key" },
};

interface NewCredentialProps {
  onClose: () => void;
  onMade: (made: Credential) => void;
}

/** Takes a secret in. It is sealed in the engine, sent only to the hosts named here, and never shown again. */
export function NewCredential({ onClose, onMade }: NewCredentialProps) {
  const form = useId();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("bearer");
  const [hosts, setHosts] = useState("");
  const [first, setFirst] = useState("");
  const [secret, setSecret] = useState("");
  const [problem, setProblem] = useState<{ path: string; detail: string }>();
  const [busy, setBusy] = useState(false);
  const { first: asked, secret: secretLabel } = fields[kind];
  const problemsAt = (path: string) =>
    problem?.path.startsWith(path) ? [{ severity: "error" as const, detail: problem.detail }] : [];

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const list = hosts.split(/[\s,]+/).filter((host) => host !== "");
      onMade(await api.credentials.create({ name: name.trim(), hosts: list, ...secretOf(kind, first, secret) }));
    } catch (error) {
      setProblem({ path: (error instanceof ApiProblem ? error.path : undefined) ?? "name", detail: sentenceOf(error) });
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="New credential"
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={form} disabled={busy || name.trim() === "" || secret === ""}>
            Save credential
          </Button>
        </>
      }
    >
      <form id={form} className="credential-form" onSubmit={(event) => void save(event)}>
        <Field label="Name" htmlFor={`${form}-name`} problems={problemsAt("name")}>
          <TextInput id={`${form}-name`} value={name} onText={setName} placeholder="Shop API" />
        </Field>
        <Field label="Kind" htmlFor={`${form}-kind`}>
          <Select id={`${form}-kind`} value={kind} options={kinds} onValue={(next) => setKind(next as Kind)} />
        </Field>
        {asked ? (
          <Field label={asked.label} htmlFor={`${form}-first`} problems={problemsAt(asked.path)}>
            <TextInput id={`${form}-first`} value={first} onText={setFirst} placeholder={asked.example} />
          </Field>
        ) : null}
        <Field
          label={secretLabel}
          htmlFor={`${form}-secret`}
          problems={problemsAt("secret.key")}
          help={
            kind === "webhook"
              ? "As the receiver shows it: whsec_… or any long text. Kept encrypted. Nobody sees it again, you neither."
              : "Kept encrypted. Nobody sees it again, you neither."
          }
        >
          <TextInput id={`${form}-secret`} type="password" value={secret} onText={setSecret} />
        </Field>
        <Field
          label="Hosts"
          htmlFor={`${form}-hosts`}
          problems={problemsAt("hosts")}
          help="It is sent to these alone, as api.example.com or *.example.com."
        >
          <TextInput id={`${form}-hosts`} value={hosts} onText={setHosts} placeholder="api.example.com" mono />
        </Field>
      </form>
    </Dialog>
  );
}

function secretOf(kind: Kind, first: string, secret: string) {
  if (kind === "bearer") return { kind, secret: { token: secret } };
  if (kind === "header") return { kind, secret: { name: first.trim(), value: secret } };
  if (kind === "webhook") return { kind, secret: { key: secret.trim() } };
  return { kind, secret: { user: first, password: secret } };
}
