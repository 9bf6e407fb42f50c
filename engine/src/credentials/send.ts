import { SignalboxError } from "../errors.ts";
import type { OpenCredential } from "../store/credentials.ts";

/** The headers that carry a credential to a host that it is bound to. Throws `credential_host_denied`. */
export function credentialHeaders({ id, hosts, secret }: OpenCredential, url: string): Record<string, string> {
  const host = (URL.parse(url)?.hostname ?? "").replace(/^\[|\]$/g, "").toLowerCase();
  if (!hosts.some((bound) => matches(bound, host))) {
    const detail = `The credential ${id} may not be sent to ${host}: it is bound to ${hosts.join(", ")}.`;
    throw new SignalboxError("credential_host_denied", detail, { retryable: false });
  }
  const opened = secret.reveal();
  switch (opened.kind) {
    case "bearer":
      return { authorization: `Bearer ${opened.secret.token}` };
    case "basic": {
      const { user, password } = opened.secret;
      return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
    }
    case "header":
      return { [opened.secret.name.toLowerCase()]: opened.secret.value };
  }
}

/** What must not come back into a log. */
export function secretsOf({ secret }: OpenCredential): string[] {
  const opened = secret.reveal();
  switch (opened.kind) {
    case "bearer":
      return [opened.secret.token];
    case "basic": {
      const { user, password } = opened.secret;
      return [password, `${user}:${password}`];
    }
    case "header":
      return [opened.secret.value];
  }
}

function matches(bound: string, host: string): boolean {
  return bound.startsWith("*.") ? host.endsWith(bound.slice(1)) : bound === host;
}
