import { quoted } from './remote-text.ts';
import type { RemoteFacts } from './remote-facts.ts';

/**
 * What is in a folder of a host. A name is relative, with `/`, and has a character for each byte (latin1), since names need
 * not be text. The value differs when a file was touched; '' where the host cannot tell that way.
 */
export type Listing = ReadonlyMap<string, string>;

/** Made after each push, beside the folder: where `find` cannot tell more, what changes later is newer. */
const stampOf = (folder: string): string => `${folder}.stamp`;

const listCommand = ({ listing }: RemoteFacts): string =>
  listing === 'exact' ? `find . -printf '%C@ %s %i %p\\000'` : 'find . -print0';

/** Lists a folder, as the state that later changes are told from. */
export function firstListing(folder: string, facts: RemoteFacts): string {
  const stamp = quoted(stampOf(folder));
  return `cd ${quoted(folder)} && rm -f ${stamp} && : >${stamp} && ${listCommand(facts)}`;
}

export function parseListing(bytes: Buffer, { listing }: RemoteFacts): Listing {
  const found = new Map<string, string>();
  for (const entry of bytes.toString('latin1').split('\0')) {
    const begin = listing === 'exact' ? afterThreeWords(entry) : 0;
    if (entry.startsWith('./', begin)) found.set(entry.slice(begin + 2), entry.slice(0, begin));
  }
  return found;
}

function afterThreeWords(entry: string): number {
  let at = 0;
  for (let word = 0; word < 3; word += 1) at = entry.indexOf(' ', at) + 1;
  return at;
}

/** What is there now, and what of it was touched or made since the first listing. */
export interface Changes {
  readonly now: Listing;
  readonly changed: ReadonlySet<string>;
}

/** Lists a folder again; with a second list of what was touched where the first tells nothing about that. */
export function nextListing(folder: string, facts: RemoteFacts): string {
  const list = `cd ${quoted(folder)} && ${listCommand(facts)}`;
  if (facts.listing === 'exact') return list;
  const newer = facts.listing === 'change-times' ? '-cnewer' : '-newer';
  return `${list} && printf '\\000' && find . ${newer} ${quoted(stampOf(folder))} -print0`;
}

export function parseChanges(bytes: Buffer, before: Listing, facts: RemoteFacts): Changes {
  const border = facts.listing === 'exact' ? -1 : bytes.indexOf('\0\0');
  const now = parseListing(border < 0 ? bytes : bytes.subarray(0, border), facts);
  const touched = border < 0 ? new Map() : parseListing(bytes.subarray(border + 2), facts);
  const changed = [...now].filter(([name, state]) => touched.has(name) || before.get(name) !== state);
  return { now, changed: new Set(changed.map(([name]) => name)) };
}

/** Names as a program reads them from its input: each ended by a zero byte. */
export const nameList = (names: Iterable<string>): Buffer =>
  Buffer.from([...names].map((name) => `./${name}\0`).join(''), 'latin1');
