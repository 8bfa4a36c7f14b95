import { compareFamilies } from '#shared/pipeline/kind-families.ts';
import { BASICS, type PaletteItem } from './palette-item.ts';

export interface PaletteGroup {
  readonly family: string;
  readonly items: readonly PaletteItem[];
}

export const RECENT = 'recent';
const MOST_RECENT = 4;

/** Items under their families; while nothing is searched for, those used last stand above them a second time. */
export function groupPalette(
  items: readonly PaletteItem[],
  recent: readonly string[],
  query: string,
): readonly PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0) return byFamily(searchPalette(items, words));
  const latest = recent.flatMap((id) => items.find((item) => item.id === id) ?? []).slice(0, MOST_RECENT);
  const families = byFamily(items).toSorted((a, b) => inOrder(a.family, b.family));
  return [...(latest.length === 0 ? [] : [{ family: RECENT, items: latest }]), ...families];
}

/** What is no kind stands above those that are. */
function inOrder(a: string, b: string): number {
  if (a === BASICS || b === BASICS) return Number(b === BASICS) - Number(a === BASICS);
  return compareFamilies(a, b);
}

/** Items that have each word somewhere, those with it in their title first. */
function searchPalette(items: readonly PaletteItem[], words: readonly string[]): readonly PaletteItem[] {
  const found = items.flatMap((item) => {
    const scores = words.map((word) => scoreOf(item, word));
    return scores.includes(0) ? [] : [{ item, score: Math.min(...scores) }];
  });
  return found.sort((a, b) => b.score - a.score).map(({ item }) => item);
}

function scoreOf({ id, title, family, summary, words = '' }: PaletteItem, word: string): number {
  const name = title.toLowerCase();
  if (name.startsWith(word) || id.toLowerCase().startsWith(word)) return 5;
  if (name.includes(word)) return 4;
  if (id.toLowerCase().includes(word) || family.includes(word)) return 3;
  if (summary.toLowerCase().includes(word)) return 2;
  return words.includes(word) ? 1 : 0;
}

function byFamily(items: readonly PaletteItem[]): readonly PaletteGroup[] {
  const groups = new Map<string, PaletteItem[]>();
  for (const item of items) {
    const group = groups.get(item.family);
    if (group === undefined) groups.set(item.family, [item]);
    else group.push(item);
  }
  return [...groups].map(([family, members]) => ({ family, items: members }));
}

/** The recent ones after one more was used. */
export const withRecent = (recent: readonly string[], id: string): readonly string[] =>
  [id, ...recent.filter((other) => other !== id)].slice(0, MOST_RECENT);
