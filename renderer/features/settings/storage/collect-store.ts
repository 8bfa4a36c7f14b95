import { create } from 'zustand';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import type { Collection, CollectProgress } from '#shared/api/storage-schemas.ts';

/** A clean-up of this window. It goes on when one looks at another screen. */
export type CollectState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly progress: CollectProgress | null; readonly stop: () => void }
  | { readonly status: 'finished'; readonly collection: Collection }
  | { readonly status: 'stopped'; readonly sizeBytes: number }
  | { readonly status: 'failed'; readonly failure: Failure };

export const useCollect = create<{ readonly state: CollectState }>()(() => ({ state: { status: 'idle' } }));

const setState = (state: CollectState): void => useCollect.setState({ state });

/** Removes what the stored limits let go; `stop` of the state ends it after the run that is being removed. */
export async function collect({ client, cache }: Pick<Bridge, 'client' | 'cache'>): Promise<void> {
  if (useCollect.getState().state.status === 'running') return;
  const end = new AbortController();
  const stop = (): void => end.abort();
  let freed = 0;
  setState({ status: 'running', progress: null, stop });
  try {
    for await (const value of await client.storage.collect({}, { signal: end.signal })) {
      if (value.type === 'finished') {
        setState({ status: 'finished', collection: value.collection });
        break;
      }
      freed = value.sizeBytes;
      setState({ status: 'running', progress: value, stop });
    }
  } catch (error) {
    if (!end.signal.aborted) setState({ status: 'failed', failure: toFailure(error) });
  } finally {
    if (end.signal.aborted) setState({ status: 'stopped', sizeBytes: freed });
    cache.invalidate(['storage']);
    cache.invalidate(['runs']);
  }
}
