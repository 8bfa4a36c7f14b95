/** Families of kinds with their headings, in the order in which a change goes through them. */
const FAMILIES: Readonly<Record<string, string>> = {
  source: 'Source',
  deps: 'Dependencies',
  tool: 'Tools',
  env: 'Environment',
  cache: 'Caches',
  build: 'Build',
  test: 'Test, quality and security',
  release: 'Release',
  artifact: 'Artifacts',
  publish: 'Publish',
  report: 'Reports',
  metrics: 'Figures',
  service: 'Services',
  plugin: 'Plugins',
};

const ORDER = Object.keys(FAMILIES);

/** The part of a kind's id before the first `.` or `:`. */
export const familyOfKind = (id: string): string => id.split(/[.:]/, 1)[0] ?? id;

/** A family as a heading; of one that is not known its own name: `deploy` -> `Deploy`. */
export const familyTitle = (family: string): string =>
  FAMILIES[family] ?? family.charAt(0).toUpperCase() + family.slice(1);

/** Those that are not known come last, by name. For `sort`. */
export function compareFamilies(a: string, b: string): number {
  const rank = (family: string): number => {
    const at = ORDER.indexOf(family);
    return at === -1 ? ORDER.length : at;
  };
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}
