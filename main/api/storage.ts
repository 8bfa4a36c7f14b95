import type { Host } from '#main/host/create-host.ts';
import { previewCollection, runCollection } from '#main/host/storage/run-collection.ts';
import { readRetentionLimits } from '#main/host/storage/retention-settings.ts';
import { storageUsage } from '#main/host/storage/storage-usage.ts';
import type { CollectProgress, Collection, RetentionLimits } from '#shared/api/storage-schemas.ts';
import { guarded, os } from './implementer.ts';

type LimitsInput = { readonly [Key in keyof RetentionLimits]?: RetentionLimits[Key] | undefined };

export function storageProcedures(host: Host) {
  const optionsOf = (given: LimitsInput, signal: AbortSignal | undefined) => {
    const limits = { ...readRetentionLimits(host.store.settings), ...withoutUndefined(given) };
    return { limits, now: Date.now(), signal: signal ?? new AbortController().signal };
  };
  return {
    usage: os.storage.usage.handler(({ signal }) =>
      storageUsage(host, signal ?? new AbortController().signal),
    ),
    preview: os.storage.preview.handler(({ input, signal }) =>
      previewCollection(host, optionsOf(input.limits, signal)),
    ),
    collect: os.storage.collect.handler(({ input, signal }) =>
      guarded(collect(host, optionsOf(input.limits, signal))),
    ),
  };
}

type CollectEvent = CollectProgress | { type: 'finished'; collection: Collection };

async function* collect(
  host: Host,
  options: Parameters<typeof previewCollection>[1],
): AsyncGenerator<CollectEvent> {
  const collection = yield* runCollection(host, { ...options, automatic: false });
  yield { type: 'finished', collection };
}

function withoutUndefined(given: LimitsInput): Partial<RetentionLimits> {
  const entries = Object.entries<number | null | undefined>(given);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
