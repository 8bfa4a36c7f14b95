import { createAsker } from '#renderer/ui/worker-questions.ts';
import CompareWorker from './compare.worker.ts?worker';
import type { ComparisonAnswer } from './comparison.ts';

/** What the worker is asked, and answers. */
export interface ComparisonTalk {
  readonly question: { readonly before: string; readonly after: string };
  readonly answer: ComparisonAnswer;
}

const ask = createAsker<ComparisonTalk>(() => new CompareWorker(), 'The worker that compares texts failed.');
let last = 0;
let underWay: Promise<unknown> = Promise.resolve();

/**
 * Compares two texts in a worker thread, one pair at a time. Rejects when the worker cannot be started, or fails.
 * @returns null when another comparison was asked for while this one waited
 */
export async function requestComparison(before: string, after: string): Promise<ComparisonAnswer | null> {
  last += 1;
  const mine = last;
  await underWay;
  if (mine !== last) return null;
  const answer = ask({ before, after });
  underWay = answer.catch(() => undefined);
  return answer;
}
