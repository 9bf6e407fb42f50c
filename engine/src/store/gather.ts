/**
 * Gathers what comes while one batch is on its way and sends it as the next. A batch that fails is tried again one by
 * one, so that what one of them did wrong is told to that one alone.
 */
export function gather<Item, Answer>(
  send: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  interface Waiting {
    item: Item;
    resolve: (answer: Answer | PromiseLike<Answer>) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let isSending = false;

  async function sendAll(): Promise<void> {
    isSending = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await land(batch);
    }
    isSending = false;
  }

  async function land(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await send(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        if (index in answers) resolve(answers[index] as Answer);
        else reject(new Error(`A batch of ${batch.length} was answered with ${answers.length}.`));
      }
    } catch (error) {
      const [only, ...more] = batch;
      if (more.length === 0) only?.reject(error);
      else for (const one of batch) await land([one]);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isSending) void sendAll();
    });
}
