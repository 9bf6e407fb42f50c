const key = "signalbox.last-workflow";

/** The workflow that was open last on this machine. */
export function lastWorkflow(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberWorkflow(id: string): void {
  try {
    localStorage.setItem(key, id);
  } catch {
    // storage is closed to us: the newest workflow opens next time
  }
}
