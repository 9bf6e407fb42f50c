import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiProblem, api, sentenceOf } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { Mark } from "./mark.tsx";

/** The token of the link that was printed at the start. It is taken out of the address at once: it works one time. */
function takeWelcome(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("welcome");
  if (token === null) return undefined;
  history.replaceState(null, "", location.pathname + location.search);
  return token;
}

const welcome = takeWelcome();

async function signIn() {
  if (welcome === undefined) return await api.me();
  try {
    return await api.login(welcome);
  } catch (error) {
    // the link may have been opened twice; whoever is signed in already stays so
    return await api.me().catch(() => {
      throw error;
    });
  }
}

/** Shows the editor to who is signed in, and says how to get in to who is not. */
export function SignedIn({ children }: { children: ReactNode }) {
  const me = useQuery({ queryKey: ["me"], queryFn: signIn, retry: false, staleTime: Number.POSITIVE_INFINITY });
  if (me.data) return children;
  if (me.isPending) return <main className="gate" aria-busy="true" aria-label="Opening Signalbox" />;
  const missing = me.error instanceof ApiProblem && me.error.status === 401;
  return (
    <main className="gate">
      <div className="gate-card">
        <Mark size={32} />
        <h1>{missing ? "Open the link from the terminal" : "The engine does not answer"}</h1>
        {missing ? (
          <>
            <p>
              Signalbox printed a line that begins with <em>Signalbox is ready</em>. Its link signs you in. Each link
              works once; every start prints a fresh one.
            </p>
            {welcome === undefined ? null : <p className="gate-why">{sentenceOf(me.error)}</p>}
          </>
        ) : (
          <p>{sentenceOf(me.error)}</p>
        )}
        <Button onClick={() => void me.refetch()}>Try again</Button>
      </div>
    </main>
  );
}
