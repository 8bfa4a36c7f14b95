import type { Clock } from '#main/engine/ports.ts';
import type { Git, TriggerSource } from './ports.ts';
import { branchOf, type RefChange, whyFiltered, whyRefFiltered } from './ref-filter.ts';
import type { PushRule } from './rules.ts';

const TIMEOUT_MS = 60_000;

export interface Pushed extends RefChange {
  readonly ref: string;
  readonly commit: string;
}

export interface PushOptions {
  readonly clock: Clock;
  readonly git: Git;
  readonly projectDir: string;
  readonly rule: PushRule;
  /** The commits that were seen last, as JSON; null for a trigger that is new. */
  readonly cursor: { get(): string | null; set(text: string): void };
  readonly fire: (push: Pushed, skipped: string | null) => void;
  /** Null when the remote answers again. */
  readonly onFault: (message: string | null) => void;
}

/**
 * Asks a remote for its branches and tags, at once and then every so often, and fires for each chosen one that has moved or
 * is new. What was there when it first looked does not fire. New commits are fetched below `refs/pipewright/`, which shows
 * in no list of branches, so that they can be compared and checked out.
 */
export function createPushPoll(options: PushOptions): TriggerSource {
  const { clock, rule, onFault } = options;
  const stop = new AbortController();
  let cancel: () => void = () => undefined;

  async function look(): Promise<void> {
    try {
      await poll(options, stop.signal);
      if (!stop.signal.aborted) onFault(null);
    } catch (error) {
      if (!stop.signal.aborted) onFault(`The remote ${rule.remote} could not be asked: ${sentenceOf(error)}`);
    }
    if (!stop.signal.aborted) cancel = clock.after(rule.everyMs, begin);
  }

  let looking = Promise.resolve();
  function begin(): void {
    looking = look();
  }
  begin();

  return {
    async close() {
      stop.abort();
      cancel();
      await looking;
    },
  };
}

async function poll(options: PushOptions, signal: AbortSignal): Promise<void> {
  const { git, projectDir, rule, cursor, fire } = options;
  const listing = await git(['ls-remote', '--heads', '--tags', '--', rule.remote], {
    cwd: projectDir,
    signal,
    timeoutMs: TIMEOUT_MS,
  });
  const now = readRefs(listing, (ref) => whyRefFiltered(rule.filter, ref) === null);
  const stored = cursor.get();
  const before = stored === null ? now : (JSON.parse(stored) as Record<string, string>);
  const moved = Object.entries(now).filter(([ref, commit]) => before[ref] !== commit);
  if (stored === null || moved.length > 0 || Object.keys(before).length !== Object.keys(now).length) {
    cursor.set(JSON.stringify(now));
  }
  for (const [ref, commit] of moved) {
    const changed = await fetchChanged(options, ref, before[ref] ?? null, commit, signal);
    if (signal.aborted) return;
    const push = { ref, commit, changed };
    fire(push, whyFiltered(rule.filter, push));
  }
}

/** Null when it cannot be told: a new branch or tag, or commits that are not there any more. */
async function fetchChanged(
  { git, projectDir, rule }: PushOptions,
  ref: string,
  before: string | null,
  commit: string,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const options = { cwd: projectDir, signal, timeoutMs: TIMEOUT_MS };
  const kept = `refs/pipewright/${branchOf(ref) === null ? 'tags' : 'heads'}/${ref.replace(/^refs\/(heads|tags)\//, '')}`;
  try {
    const refspec = `+${ref}:${kept}`;
    await git(
      ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--refmap=', '--', rule.remote, refspec],
      options,
    );
    if (before === null || branchOf(ref) === null) return null;
    const names = await git(['diff', '--name-only', '-z', before, commit], options);
    return names.split('\0').filter((name) => name !== '');
  } catch {
    // A push that cannot be compared still is one.
    return null;
  }
}

/** For an annotated tag, the commit that it stands for. */
function readRefs(listing: string, isChosen: (ref: string) => boolean): Record<string, string> {
  const refs: Record<string, string> = {};
  for (const line of listing.split('\n')) {
    const [commit, name] = line.split('\t');
    const ref = name?.replace(/\^\{\}$/, '');
    if (commit && ref && isChosen(ref)) refs[ref] = commit;
  }
  return refs;
}

function sentenceOf(error: unknown): string {
  const { stderr, shortMessage, message } = error as {
    stderr?: string;
    shortMessage?: string;
    message?: string;
  };
  const line = stderr?.split('\n').find((text) => text.trim() !== '');
  return line ?? shortMessage ?? message ?? String(error);
}
