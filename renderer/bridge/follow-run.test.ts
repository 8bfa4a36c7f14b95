import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { runIdOf } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { createConnectionStore } from './connection.ts';
import { followRun, type FollowRunOptions } from './follow-run.ts';

const runId = runIdOf('000000000000test');
const at = '2026-01-01T00:00:00.000Z';
const started = (seq: number): RunEvent => ({ type: 'run-started', runId, seq, at });
const finished = (seq: number): RunEvent => ({ type: 'run-finished', status: 'succeeded', runId, seq, at });

/** One stream: batches, then an error, an early end, or silence until it is aborted. */
interface Script {
  readonly batches: readonly (readonly RunEvent[])[];
  readonly then?: 'lost' | 'end' | 'hang' | Error;
}

function scriptedClient(scripts: readonly Script[]): {
  client: FollowRunOptions['client'];
  askedAfter: number[];
} {
  const askedAfter: number[] = [];
  async function* play(
    script: Script,
    signal: AbortSignal,
  ): AsyncGenerator<{ events: RunEvent[] }, void, void> {
    for (const events of script.batches) yield await Promise.resolve({ events: [...events] });
    if (script.then === 'lost') throw new Error('the port was closed');
    if (script.then instanceof Error) throw script.then;
    if (script.then === 'hang') {
      await new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
    }
  }
  const events = (input: { afterSeq?: number }, options: { signal: AbortSignal }): Promise<unknown> => {
    const script = scripts[askedAfter.length];
    askedAfter.push(input.afterSeq ?? 0);
    return script === undefined
      ? Promise.reject(new Error('unexpected stream'))
      : Promise.resolve(play(script, options.signal));
  };
  return { client: { run: { events } } as unknown as FollowRunOptions['client'], askedAfter };
}

interface Followed {
  readonly seqs: number[];
  readonly done: Promise<void>;
  readonly abort: AbortController;
  readonly frames: (() => void)[];
}

function follow(client: FollowRunOptions['client'], afterSeq = 0): Followed {
  const connection = createConnectionStore();
  connection.setState({ status: 'open' }, true);
  const seqs: number[] = [];
  const frames: (() => void)[] = [];
  const abort = new AbortController();
  const done = followRun({
    client,
    connection,
    runId,
    afterSeq,
    signal: abort.signal,
    onEvents: (events) => seqs.push(...events.map((event) => event.seq)),
    schedule: (callback) => {
      frames.push(callback);
      return () => undefined;
    },
  });
  return { seqs, done, abort, frames };
}

describe('followRun', () => {
  it('hands over every event once and ends with run-finished', async () => {
    const { client, askedAfter } = scriptedClient([{ batches: [[started(1)], [started(2), finished(3)]] }]);
    const { seqs, done } = follow(client);
    await done;
    expect(seqs).toEqual([1, 2, 3]);
    expect(askedAfter).toEqual([0]);
  });

  it('resumes after the last event it received when the connection is lost', async () => {
    const { client, askedAfter } = scriptedClient([
      { batches: [[started(1), started(2)]], then: 'lost' },
      { batches: [[started(3), finished(4)]] },
    ]);
    const { seqs, done } = follow(client);
    await done;
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(askedAfter).toEqual([0, 2]);
  });

  it('drops what it has already seen when a stream overlaps the one before', async () => {
    const { client } = scriptedClient([
      { batches: [[started(1), started(2), started(3)]], then: 'end' },
      { batches: [[started(2), started(3), started(4)], [finished(5)]] },
    ]);
    const { seqs, done } = follow(client);
    await done;
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
  });

  it('starts after what the caller has folded', async () => {
    const { client, askedAfter } = scriptedClient([{ batches: [[started(7), started(8), finished(9)]] }]);
    const { seqs, done } = follow(client, 7);
    await done;
    expect(seqs).toEqual([8, 9]);
    expect(askedAfter).toEqual([7]);
  });

  it('rejects with the answer of the host instead of asking for ever', async () => {
    const refusal = new ORPCError('APP_ERROR', { message: 'There is no such run.' });
    const { client, askedAfter } = scriptedClient([{ batches: [], then: refusal }]);
    await expect(follow(client).done).rejects.toBe(refusal);
    expect(askedAfter).toHaveLength(1);
  });

  it('hands over nothing after an abort, not even what waited for its frame', async () => {
    const { client } = scriptedClient([{ batches: [[started(1)]], then: 'hang' }]);
    const { seqs, done, abort, frames } = follow(client);
    await expect.poll(() => frames.length).toBe(1);
    abort.abort();
    frames[0]?.();
    await done;
    expect(seqs).toEqual([]);
  });
});
