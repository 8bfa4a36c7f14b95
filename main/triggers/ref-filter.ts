import { createMatcher } from './glob.ts';

/** As the file says it. */
export interface RefFilter {
  readonly branches?: readonly string[] | undefined;
  readonly 'branches-ignore'?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly 'tags-ignore'?: readonly string[] | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly 'paths-ignore'?: readonly string[] | undefined;
}

/** What happened in a repository. */
export interface RefChange {
  /** `refs/heads/main` or `refs/tags/v1`; null where there is none, as with a detached HEAD. */
  readonly ref: string | null;
  /** Null when it is not known; then no filter of paths stands in the way. */
  readonly changed: readonly string[] | null;
}

/** Null when the filter lets a change through, else why not. Semantics are GitHub's: a filter of branches alone is one against tags. */
export function whyFiltered(filter: RefFilter, { ref, changed }: RefChange): string | null {
  return whyRefFiltered(filter, ref) ?? whyPathsFiltered(filter, changed);
}

export function whyRefFiltered(filter: RefFilter, ref: string | null): string | null {
  const hasBranches = filter.branches !== undefined || filter['branches-ignore'] !== undefined;
  const hasTags = filter.tags !== undefined || filter['tags-ignore'] !== undefined;
  if (ref === null) return hasBranches || hasTags ? 'it is on no branch' : null;
  const [kind, name, chosen, ignored, isOther] = ref.startsWith('refs/tags/')
    ? (['tag', ref.slice(10), filter.tags, filter['tags-ignore'], hasBranches && !hasTags] as const)
    : ([
        'branch',
        branchOf(ref) ?? ref,
        filter.branches,
        filter['branches-ignore'],
        hasTags && !hasBranches,
      ] as const);
  if (isOther) return `it is a ${kind}`;
  if (chosen !== undefined && !createMatcher(chosen)(name)) return `the ${kind} ${name} is not chosen`;
  if (ignored !== undefined && createMatcher(ignored)(name)) return `the ${kind} ${name} is ignored`;
  return null;
}

function whyPathsFiltered(filter: RefFilter, changed: readonly string[] | null): string | null {
  if (changed === null) return null;
  const { paths, 'paths-ignore': ignored } = filter;
  if (paths !== undefined && !changed.some(createMatcher(paths))) return 'no chosen file changed';
  if (ignored !== undefined && changed.length > 0 && changed.every(createMatcher(ignored))) {
    return 'only ignored files changed';
  }
  return null;
}

export function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice(11) : null;
}
