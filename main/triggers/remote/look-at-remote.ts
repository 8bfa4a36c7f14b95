import { type RefChange, whyFiltered } from '../ref-filter.ts';
import type { RemoteRule } from '../rules.ts';
import {
  askGit,
  changedBy,
  fetchMoved,
  type RemoteAccess,
  requireRepository,
  sourceOf,
} from './fetch-moved.ts';
import { formatRemoteCursor, parseRemoteCursor, type RemoteCursor } from './remote-cursor.ts';
import { type MovedRef, movedRefs, parseRefs, withoutMoves } from './remote-refs.ts';

export interface RemoteMove extends MovedRef, RefChange {
  readonly ref: string;
}

export interface RemoteLook {
  readonly access: RemoteAccess;
  readonly rule: Pick<RemoteRule, 'filter'>;
  readonly now: () => number;
  /** The text that was kept last; null for a trigger that is new. */
  readonly cursor: { get(): string | null; set(text: string): void };
  /** Whether the run of a move was started since then; asked after a death in that very moment. */
  readonly hasRun: (move: MovedRef, sinceMs: number) => boolean;
  /**
   * Starts the run of a move, or notes why there is none. Resolves to false when neither came about, because somebody ended
   * it or another host has taken over; the move is then left to the next look.
   */
  readonly fire: (move: RemoteMove, skipped: string | null, signal: AbortSignal) => Promise<boolean>;
}

/**
 * Asks a remote for its branches and tags, and fires for each chosen one that has moved or is new since the last look; the
 * first look only notes what is there. A move counts as dealt with when its run is stored: neither a restart nor a death
 * loses it or has it run twice.
 * @throws when the remote cannot be asked, or a commit cannot be fetched; what was dealt with until then stays so
 */
export async function lookAtRemote(look: RemoteLook): Promise<void> {
  const { access, rule, cursor, hasRun, fire } = look;
  const { signal } = access;
  const isEnded = (): boolean => signal.aborted;
  await requireRepository(access);
  const source = await sourceOf(access);
  const now = parseRefs(await askGit(access, 'ls-remote', '--heads', '--tags', '--', access.remote));
  if (isEnded()) return;
  const stored = cursor.get();
  const last = parseRemoteCursor(stored, source);
  const moved = last === null ? [] : movedRefs(last.refs, now, rule.filter);
  let refs = withoutMoves(now, moved);
  save(last?.pending ?? null);
  for (const move of moved) {
    if (isEnded()) break;
    if (!wasStarted(move, last?.pending ?? null)) {
      if (!(await fetchMoved(access, source, move))) continue;
      const changed = await changedBy(access, move);
      if (isEnded()) break;
      save({ ref: move.ref, commit: move.commit, sinceMs: look.now() });
      const full = { ...move, changed };
      if (!(await fire(full, whyFiltered(rule.filter, full), signal))) return;
    }
    refs = { ...refs, [move.ref]: move.commit };
  }
  save(null);

  function save(pending: RemoteCursor['pending']): void {
    const text = formatRemoteCursor({ source, refs, pending });
    if (text !== cursor.get()) cursor.set(text);
  }

  function wasStarted(move: MovedRef, pending: RemoteCursor['pending']): boolean {
    const isPending = pending !== null && pending.ref === move.ref && pending.commit === move.commit;
    return isPending && hasRun(move, pending.sinceMs);
  }
}
