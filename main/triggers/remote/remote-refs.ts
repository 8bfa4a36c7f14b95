import { type RefFilter, whyRefFiltered } from '../ref-filter.ts';

/** Commits by the ref that stands for them: `refs/heads/main`. */
export type RemoteRefs = Readonly<Record<string, string>>;

export interface MovedRef {
  readonly ref: string;
  readonly commit: string;
  /** Null for a ref that is new. */
  readonly before: string | null;
}

/** Reads what `git ls-remote` prints of branches and tags; for an annotated tag, the commit that it stands for. */
export function parseRefs(listing: string): RemoteRefs {
  const refs = new Map<string, string>();
  for (const line of listing.split(/\r?\n/)) {
    const [, commit, ref] = /^([0-9a-f]{40,64})\t(refs\/(?:heads|tags)\/.+?)(?:\^\{\})?$/.exec(line) ?? [];
    if (commit !== undefined && ref !== undefined) refs.set(ref, commit);
  }
  return Object.fromEntries(refs);
}

/** The chosen refs that are new or have moved, in the order in which the remote lists them. A ref that is gone has not moved. */
export function movedRefs(before: RemoteRefs, now: RemoteRefs, filter: RefFilter): readonly MovedRef[] {
  const known = new Map(Object.entries(before));
  return Object.entries(now).flatMap(([ref, commit]): MovedRef[] => {
    const last = known.get(ref) ?? null;
    return last === commit || whyRefFiltered(filter, ref) !== null ? [] : [{ ref, commit, before: last }];
  });
}

/** `now`, but with what has moved still where it was before: what is left to be dealt with. */
export function withoutMoves(now: RemoteRefs, moved: readonly MovedRef[]): RemoteRefs {
  const refs = new Map(Object.entries(now));
  for (const { ref, before } of moved) {
    if (before === null) refs.delete(ref);
    else refs.set(ref, before);
  }
  return Object.fromEntries(refs);
}
