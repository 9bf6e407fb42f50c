import { SignalboxError } from "../errors.ts";
import type { OpenCredential } from "../store/credentials.ts";

/** Stands before a signing key that is written in base64, as Standard Webhooks has it. */
const base64Mark = "whsec_";

/** The headers that carry a credential to a host that it is bound to. Throws `credential_host_denied`. */
export function credentialHeaders(credential: OpenCredential, url: string): Record<string, string> {
  refuseOtherHosts(credential, url);
  const opened = credential.secret.reveal();
  switch (opened.kind) {
    case "bearer":
      return { authorization: `Bearer ${opened.secret.token}` };
    case "basic": {
      const { user, password } = opened.secret;
      return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
    }
    case "header":
      return { [opened.secret.name.toLowerCase()]: opened.secret.value };
    case "webhook": {
      const detail = `The credential ${credential.id} signs webhooks and is not sent itself. Choose another here.`;
      throw new SignalboxError("credential_not_taken", detail, { retryable: false });
    }
  }
}

/** The key that signs what is sent to a host that the credential is bound to. Throws `credential_host_denied`. */
export function signingKey(credential: OpenCredential, url: string): Uint8Array {
  refuseOtherHosts(credential, url);
  const opened = credential.secret.reveal();
  if (opened.kind !== "webhook") {
    const detail = `The credential ${credential.id} is no key to sign webhooks with. Choose one of the kind "webhook".`;
    throw new SignalboxError("credential_not_taken", detail, { retryable: false });
  }
  const { key } = opened.secret;
  return key.startsWith(base64Mark) ? Buffer.from(key.slice(base64Mark.length), "base64") : Buffer.from(key);
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
    case "webhook": {
      const { key } = opened.secret;
      return key.startsWith(base64Mark) ? [key, key.slice(base64Mark.length)] : [key];
    }
  }
}

function refuseOtherHosts({ id, hosts }: OpenCredential, url: string): void {
  const host = (URL.parse(url)?.hostname ?? "").replace(/^\[|\]$/g, "").toLowerCase();
  if (hosts.some((bound) => matches(bound, host))) return;
  const detail = `The credential ${id} may not be sent to ${host}: it is bound to ${hosts.join(", ")}.`;
  throw new SignalboxError("credential_host_denied", detail, { retryable: false });
}

function matches(bound: string, host: string): boolean {
  return bound.startsWith("*.") ? host.endsWith(bound.slice(1)) : bound === host;
}
