import { useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { api } from "../api/client.ts";
import type { EditorProps } from "../inspector/form/editor-props.ts";
import { useForm } from "../inspector/form/form-context.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";

const NewCredential = lazy(() => import("./new-credential.tsx").then((part) => ({ default: part.NewCredential })));

/** Which secret a tool sends along. The drawing keeps its name, never the secret. */
export function CredentialEditor({ id, field, value, onValue }: EditorProps) {
  const { disabled } = useForm();
  const queries = useQueryClient();
  const [isNew, setIsNew] = useState(false);
  const list = useQuery({ queryKey: ["credentials"], queryFn: api.credentials.list });
  const credentials = list.data ?? [];
  const chosen = idOf(value);
  const known = credentials.find((credential) => credential.id === chosen);
  const lost = chosen !== "" && list.isSuccess && !known;
  const choose = (next: string) => onValue(next === "" ? undefined : { $credential: next });
  return (
    <>
      <Select
        id={id}
        aria-label={field.title}
        disabled={disabled}
        value={chosen}
        onValue={choose}
        options={[
          { value: "", label: "None" },
          ...credentials.map(({ id: one, name, hosts }) => ({ value: one, label: `${name} (${hosts.join(", ")})` })),
          ...(lost ? [{ value: chosen, label: `${chosen}, which is no longer there` }] : []),
        ]}
      />
      {disabled ? null : (
        <div className="button-row">
          <Button size="small" tone="quiet" icon={<KeyRound size={13} />} onClick={() => setIsNew(true)}>
            New credential…
          </Button>
        </div>
      )}
      {isNew ? (
        <Suspense>
          <NewCredential
            onClose={() => setIsNew(false)}
            onMade={(made) => {
              setIsNew(false);
              queries.setQueryData(["credentials"], [made, ...credentials]);
              choose(made.id);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}

function idOf(value: EditorProps["value"]): string {
  const id = value !== null && typeof value === "object" && !Array.isArray(value) ? value.$credential : undefined;
  return typeof id === "string" ? id : "";
}
