import type { Fingerprint, Reuse, ReusableResult } from '#main/engine/ports.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { Blobs } from './blobs.ts';
import { createFileHasher } from './hash-files.ts';

/** Remembered results; kept by the store. */
interface Index {
  find(
    scope: string,
    pipelineFile: string,
    stage: StageId,
    fingerprint: Fingerprint,
  ): { readonly result: ReusableResult | null; readonly newest: Fingerprint | null };
  remember: Reuse['remember'];
}

export interface ReuseOptions {
  readonly blobs: Pick<Blobs, 'claimSync'>;
  readonly index: Index;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A result whose artifacts are gone is none. */
export function createReuse({ blobs, index, now }: ReuseOptions): Reuse {
  return {
    hashFiles: createFileHasher(now),
    find(scope, pipelineFile, stage, fingerprint) {
      const { result, newest } = index.find(scope, pipelineFile, stage, fingerprint);
      if (result?.artifacts.every(({ sha256 }) => blobs.claimSync(sha256))) return { result, changed: [] };
      return { result: null, changed: newest === null ? [] : differences(newest, fingerprint) };
    },
    remember: index.remember,
  };
}

function differences(before: Fingerprint, after: Fingerprint): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).toSorted();
}
