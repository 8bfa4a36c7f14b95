import semver from 'semver';

/** A branch or a tag that was found. */
export interface FoundRef {
  readonly name: string;
  readonly type: 'branch' | 'tag';
  /** The id of the commit, or the number of the revision. */
  readonly commit: string;
  /** Larger is newer; null: not known. */
  readonly age: number | null;
}

/** The version that a name tells, such as `v1.2.3`, `release/1.2` or `shop-2.0.0-rc.1`; null: none. */
export function versionOf(name: string): semver.SemVer | null {
  const text = /(?:^|[/_-])v?(\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/.exec(name)?.[1];
  if (text === undefined) return null;
  const [, numbers = '', rest = ''] = /^([\d.]+)(.*)$/.exec(text) ?? [];
  const full = [...numbers.split('.'), '0', '0'].slice(0, 3).join('.');
  return semver.parse(`${full}${rest}`);
}

/** Best first. `semver`: the highest version, names without one last; `newest`: by age; `name`: by the alphabet, the last first. */
export function sortRefs(
  refs: readonly FoundRef[],
  prefer: 'semver' | 'newest' | 'name',
): readonly FoundRef[] {
  const byName = (a: FoundRef, b: FoundRef): number => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0);
  if (prefer === 'name') return [...refs].sort(byName);
  if (prefer === 'newest') return [...refs].sort((a, b) => (b.age ?? 0) - (a.age ?? 0) || byName(a, b));
  const versioned = refs.map((ref) => ({ ref, version: versionOf(ref.name) }));
  versioned.sort((a, b) => {
    if (a.version === null || b.version === null)
      return Number(a.version === null) - Number(b.version === null) || byName(a.ref, b.ref);
    return semver.rcompare(a.version, b.version) || byName(a.ref, b.ref);
  });
  return versioned.map(({ ref }) => ref);
}
