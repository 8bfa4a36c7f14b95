import { createHash } from 'node:crypto';
import type { TrustGrant, TrustKey, TrustStatus, TrustWay } from '#shared/api/trust-schemas.ts';
import type { TrustItem } from '#shared/pipeline/trust-facts.ts';
import { trustChanges, type TrustChange } from '#shared/pipeline/trust-facts-changes.ts';

/** Where grants are kept. All calls are synchronous and survive the death of this process. */
export interface TrustStore {
  /** What was accepted of a file, newest first. */
  grants(key: TrustKey): readonly TrustGrant[];
  /** A digest that was accepted before becomes the newest. */
  add(grant: TrustGrant): void;
  /** False when there was nothing. */
  remove(key: TrustKey): boolean;
}

/** Whether a file may run as it is. */
export interface TrustVerdict {
  readonly status: TrustStatus;
  /** Of the items that were judged. */
  readonly digest: string;
  /** Against what was accepted last; empty unless `status` is `changed`. */
  readonly changes: readonly TrustChange[];
  readonly lastGrant: TrustGrant | null;
}

/** Remembers which pipeline files may run, and with which triggers and privileged options. */
export interface Trust {
  /**
   * Trusted is what was accepted once with these items, and not only what was accepted last: whoever changes between
   * two branches is asked once for each.
   */
  judge(key: TrustKey, items: readonly TrustItem[]): TrustVerdict;
  accept(key: TrustKey, items: readonly TrustItem[], how: TrustWay): TrustGrant;
  /** Takes all of it back; false when there was nothing. */
  revoke(key: TrustKey): boolean;
}

/** @param now epoch milliseconds */
export function createTrust({
  store,
  now,
}: {
  readonly store: TrustStore;
  readonly now: () => number;
}): Trust {
  return {
    judge(key, items) {
      const digest = digestOf(items);
      const grants = store.grants(key);
      const lastGrant = grants[0] ?? null;
      if (grants.some((grant) => grant.digest === digest))
        return { status: 'trusted', digest, changes: [], lastGrant };
      if (lastGrant === null) return { status: 'unknown', digest, changes: [], lastGrant };
      return { status: 'changed', digest, changes: trustChanges(lastGrant.items, items), lastGrant };
    },
    accept({ projectId, file }, items, how) {
      const digest = digestOf(items);
      const at = new Date(now()).toISOString();
      const grant = { projectId, file, digest, items: [...items], at, how };
      store.add(grant);
      return grant;
    },
    revoke: (key) => store.remove(key),
  };
}

/** @returns SHA-256 as hexadecimal digits; the order of the items counts */
export function digestOf(items: readonly TrustItem[]): string {
  const words = items.map(({ kind, text }) => [kind, text]);
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}
