import type { RunEvent } from "@signalbox/shared/events";
import type { RunStore } from "../store/store.ts";
import type { Hub } from "./hub.ts";

export interface FollowSink {
  events: (events: readonly RunEvent[]) => void;
  text: (piece: { activation: string; call: string; text: string; offset: number }) => void;
}

const pageSize = 500;

/**
 * Every event of a run past `after`, those to come included, each once and in order: past and live cannot be told
 * apart. Answers how to stop.
 */
export function followRun(
  run: string,
  after: number,
  sink: FollowSink,
  { store, hub, onError }: { store: Pick<RunStore, "readEvents">; hub: Hub; onError: (error: unknown) => void },
): () => void {
  let last = after;
  let stopped = false;
  let behind: RunEvent[][] | undefined = [];

  const give = (events: readonly RunEvent[]) => {
    const fresh = events.filter(({ seq }) => seq > last);
    const [newest] = fresh.slice(-1);
    if (stopped || !newest) return;
    last = newest.seq;
    sink.events(fresh);
  };
  // listen before reading: what is stored in between is heard too, and sent after what was read
  const stopListening = hub.watchRun(run, {
    events: (events) => {
      if (behind) behind.push([...events]);
      else give(events);
    },
    text: (piece) => {
      if (!behind && !stopped) sink.text(piece);
    },
  });

  async function catchUp(): Promise<void> {
    for (;;) {
      const page = await store.readEvents(run, last, pageSize);
      if (stopped) return;
      if (page.length > 0) give(page.map(({ body }) => JSON.parse(body) as RunEvent));
      if (page.length < pageSize) break;
    }
    for (const events of behind ?? []) give(events);
    behind = undefined;
    for (const piece of hub.openTexts(run)) sink.text(piece);
  }
  catchUp().catch(onError);

  return () => {
    stopped = true;
    stopListening();
  };
}
