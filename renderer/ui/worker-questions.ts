/** What a worker is asked, and what it answers. */
export interface Talk {
  readonly question: unknown;
  readonly answer: unknown;
}

interface Numbered<Body> {
  readonly id: number;
  readonly body: Body;
}

/**
 * Asks a worker, which is started with the first question, and anew after it failed. Its half is `answerQuestions`.
 * @param failure what is said of a failure that says nothing itself
 * @returns asks one question; rejects when the worker cannot be started, or fails
 */
export function createAsker<T extends Talk>(
  start: () => Worker,
  failure: string,
): (question: T['question']) => Promise<T['answer']> {
  let worker: Worker | null = null;
  let lastId = 0;
  return async (question) => {
    worker ??= start();
    const running = worker;
    lastId += 1;
    const id = lastId;
    return new Promise<T['answer']>((resolve, reject) => {
      const end = new AbortController();
      const { signal } = end;
      running.addEventListener(
        'message',
        ({ data }: MessageEvent<Numbered<T['answer']>>) => {
          if (data.id !== id) return;
          end.abort();
          resolve(data.body);
        },
        { signal },
      );
      running.addEventListener(
        'error',
        ({ message }) => {
          end.abort();
          running.terminate();
          if (worker === running) worker = null;
          reject(new Error(message === '' ? failure : message));
        },
        { signal },
      );
      running.postMessage({ id, body: question } satisfies Numbered<T['question']>);
    });
  };
}

/** In a worker: answers what is asked of it, one question after the other. */
export function answerQuestions<T extends Talk>(answer: (question: T['question']) => T['answer']): void {
  self.addEventListener('message', ({ data: { id, body } }: MessageEvent<Numbered<T['question']>>) => {
    self.postMessage({ id, body: answer(body) } satisfies Numbered<T['answer']>);
  });
}
