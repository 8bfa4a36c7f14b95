import type { Host } from '#main/host/create-host.ts';
import type { CollectOptions } from '#main/host/storage/collect-garbage.ts';
import { previewCollection, runCollection } from '#main/host/storage/run-collection.ts';
import { readRetentionLimits } from '#main/host/storage/retention-settings.ts';
import { storageUsage } from '#main/host/storage/storage-usage.ts';
import type { CollectProgress, Collection, RetentionLimits } from '#shared/api/storage-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { guarded, os } from './implementer.ts';

type LimitsInput = { readonly [Key in keyof RetentionLimits]?: RetentionLimits[Key] | undefined };

export function storageProcedures(host: Host) {
  const optionsOf = (given: LimitsInput, signal: AbortSignal): CollectOptions => {
    const limits = { ...readRetentionLimits(host.store.settings), ...withoutUndefined(given) };
    return { limits, now: Date.now(), signal };
  };
  return {
    usage: os.storage.usage.handler(({ signal }) =>
      cancellable(signal, (stopped) => storageUsage(host, stopped)),
    ),
    preview: os.storage.preview.handler(({ input, signal }) =>
      cancellable(signal, (stopped) => previewCollection(host, optionsOf(input.limits, stopped))),
    ),
    collect: os.storage.collect.handler(({ input, signal = new AbortController().signal }) =>
      guarded(collect(host, optionsOf(input.limits, signal))),
    ),
  };
}

type CollectEvent = CollectProgress | { type: 'finished'; collection: Collection };

async function* collect(host: Host, options: CollectOptions): AsyncGenerator<CollectEvent> {
  try {
    const collection = yield* runCollection(host, { ...options, automatic: false });
    yield { type: 'finished', collection };
  } catch (error) {
    // Nobody reads any more.
    if (!options.signal.aborted) throw error;
  }
}

/** Whoever asked is gone, so what the work throws then is no fault. */
async function cancellable<Result>(
  signal: AbortSignal = new AbortController().signal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(signal);
  } catch (error) {
    if (signal.aborted) throw new AppError('usage', 'The call was cancelled.', { cause: error });
    throw error;
  }
}

function withoutUndefined(given: LimitsInput): Partial<RetentionLimits> {
  const entries = Object.entries<number | null | undefined>(given);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
