import { AppError } from '#shared/lib/app-error.ts';

/** A ref of a server. */
export interface RemoteRef {
  /** In full: `refs/heads/main`. */
  readonly name: string;
  /** The id of the commit, also where the ref is an annotated tag. */
  readonly commit: string;
}

/** What a server offers. */
export interface RemoteRefs {
  /** The ref that its HEAD stands for; null: it has none. */
  readonly head: string | null;
  readonly refs: readonly RemoteRef[];
}

/** Reads what `git ls-remote --symref` prints. */
export function parseRemoteRefs(text: string): RemoteRefs {
  let head: string | null = null;
  const commits = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const symbolic = /^ref: (\S+)\tHEAD$/.exec(line)?.[1];
    if (symbolic !== undefined) head = symbolic;
    const [, commit, name] = /^([0-9a-f]{40,64})\t(.+)$/.exec(line) ?? [];
    if (commit === undefined || name === undefined) continue;
    // The line of the tag itself stands before that of the commit it is for.
    commits.set(name.replace(/\^\{\}$/, ''), commit);
  }
  return { head, refs: [...commits].map(([name, commit]) => ({ name, commit })) };
}

/** What a ref of a stage means on a server. */
export type WantedRef =
  | { readonly type: 'branch' | 'tag' | 'other'; readonly ref: string; readonly commit: string }
  /** An id that stands at no ref: `isFull` tells whether all of its digits are there. */
  | { readonly type: 'commit'; readonly commit: string; readonly isFull: boolean };

/**
 * Finds a branch, a tag or a commit, in this order; '' is the branch of the server's HEAD.
 * @throws AppError `kind-failed` when the server has nothing of that name
 */
export function findRef({ head, refs }: RemoteRefs, wanted: string): WantedRef {
  const byName = new Map(refs.map((ref) => [ref.name, ref.commit]));
  const names =
    wanted === ''
      ? [head ?? 'HEAD']
      : wanted.startsWith('refs/')
        ? [wanted]
        : [`refs/heads/${wanted}`, `refs/tags/${wanted}`];
  for (const name of names) {
    const commit = byName.get(name);
    if (commit !== undefined) return { type: typeOf(name), ref: name, commit };
  }
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(wanted))
    return { type: 'commit', commit: wanted.toLowerCase(), isFull: true };
  if (/^[0-9a-f]{7,63}$/i.test(wanted))
    return { type: 'commit', commit: wanted.toLowerCase(), isFull: false };
  if (wanted === '') {
    throw new AppError(
      'kind-failed',
      'The repository has no commits yet, so there is nothing to check out.',
      {
        hint: 'Push a branch first, or name one in `ref`.',
      },
    );
  }
  throw new AppError('kind-failed', `The repository has no branch, tag or commit "${wanted}".`, {
    hint: 'Look at `ref`; `git ls-remote URL` lists what there is.',
  });
}

const typeOf = (name: string): 'branch' | 'tag' | 'other' =>
  name.startsWith('refs/heads/') ? 'branch' : name.startsWith('refs/tags/') ? 'tag' : 'other';
