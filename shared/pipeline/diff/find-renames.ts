import { sameValue } from '../edits/same-value.ts';
import { mappingOf, type RawMapping } from '../raw-stages.ts';

/** Share of a stage's keys that must be equal for it to count as the same one under another name. */
const LIKENESS = 0.6;
/** Stages that came and went, beyond which only equal ones are looked for: each pair is compared. */
const MOST_PAIRS = 250_000;

/** Stages that are called otherwise now: the old name by the new one. */
export function findRenames(before: RawMapping, after: RawMapping): ReadonlyMap<string, string> {
  const gone = new Set(Object.keys(before).filter((id) => !Object.hasOwn(after, id)));
  const came = Object.keys(after).filter((id) => !Object.hasOwn(before, id));
  const renames = new Map<string, string>();
  const equal = new Map([...gone].map((id) => [JSON.stringify(bodyOf(before[id])), id]));
  for (const id of came) {
    const body = bodyOf(after[id]);
    const was = Object.keys(body).length === 0 ? undefined : equal.get(JSON.stringify(body));
    if (was === undefined || !gone.delete(was)) continue;
    renames.set(id, was);
  }
  if (gone.size * came.length > MOST_PAIRS) return renames;
  for (const id of came) {
    if (renames.has(id)) continue;
    let best: string | null = null;
    let most = LIKENESS;
    for (const other of gone) {
      const likeness = likenessOf(bodyOf(before[other]), bodyOf(after[id]));
      if (likeness >= most && likeness > (best === null ? 0 : most)) [best, most] = [other, likeness];
    }
    if (best === null) continue;
    gone.delete(best);
    renames.set(id, best);
  }
  return renames;
}

/** What a stage is, whatever it is called and needs. */
function bodyOf(stage: unknown): RawMapping {
  return Object.fromEntries(
    Object.entries(mappingOf(stage))
      .filter(([key]) => key !== 'needs' && key !== 'name')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function likenessOf(a: RawMapping, b: RawMapping): number {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  if (keys.size === 0) return 0;
  return [...keys].filter((key) => Object.hasOwn(a, key) && sameValue(a[key], b[key])).length / keys.size;
}
