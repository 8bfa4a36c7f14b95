import CompareWorker from './compare.worker.ts?worker';
import type { ComparisonAnswer } from './comparison.ts';

export interface ComparisonQuestion {
  readonly id: number;
  readonly before: string;
  readonly after: string;
}

export interface ComparisonReply {
  readonly id: number;
  readonly answer: ComparisonAnswer;
}

let worker: Worker | null = null;
let lastId = 0;
let underWay: Promise<unknown> = Promise.resolve();

/**
 * Compares two texts in a worker thread, one pair at a time. Rejects when the worker cannot be started, or fails.
 * @returns null when another comparison was asked for while this one waited
 */
export async function requestComparison(before: string, after: string): Promise<ComparisonAnswer | null> {
  lastId += 1;
  const id = lastId;
  await underWay;
  if (id !== lastId) return null;
  const answer = ask({ id, before, after });
  underWay = answer.catch(() => undefined);
  return answer;
}

function ask(question: ComparisonQuestion): Promise<ComparisonAnswer> {
  worker ??= new CompareWorker();
  const running = worker;
  return new Promise((resolve, reject) => {
    const end = new AbortController();
    const { signal } = end;
    running.addEventListener(
      'message',
      ({ data }: MessageEvent<ComparisonReply>) => {
        if (data.id !== question.id) return;
        end.abort();
        resolve(data.answer);
      },
      { signal },
    );
    running.addEventListener(
      'error',
      ({ message }) => {
        end.abort();
        running.terminate();
        if (worker === running) worker = null;
        reject(new Error(message === '' ? 'The worker that compares texts failed.' : message));
      },
      { signal },
    );
    running.postMessage(question);
  });
}
