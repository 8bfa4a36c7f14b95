import { z } from 'zod';
import type { Vulnerability } from './adapters/scan.ts';

export const ignoreSetting = z
  .array(
    z.strictObject({
      id: z.string().min(1).describe('The advisory: `GHSA-…`, `CVE-…`, as the tool names it'),
      reason: z.string().min(1).describe('Why it does no harm here'),
      until: z.iso.date().optional().describe('The last day on which it is ignored; without it for ever'),
    }),
  )
  .default([])
  .describe('Advisories that do not count, each with a reason; after `until` they count again')
  .meta({
    title: 'Ignored',
    examples: [
      [{ id: 'GHSA-p6mc-m468-83gw', reason: 'never called with foreign input', until: '2027-01-31' }],
    ],
  });

export type Ignore = z.output<typeof ignoreSetting>[number];

export interface Sorted {
  readonly counted: readonly Vulnerability[];
  /** For people: what was ignored and why, and which entries no longer hold. */
  readonly notes: readonly string[];
}

/** @param now epoch milliseconds */
export function sortOut(
  all: readonly Vulnerability[],
  { ignores, fixedOnly, now }: { ignores: readonly Ignore[]; fixedOnly: boolean; now: number },
): Sorted {
  const today = new Date(now).toISOString().slice(0, 10);
  const notes: string[] = [];
  const byId = new Map<string, Ignore>();
  for (const ignore of ignores) {
    if (ignore.until === undefined || ignore.until >= today) byId.set(ignore.id.toLowerCase(), ignore);
    else notes.push(`${ignore.id} is ignored no more: its time ended on ${ignore.until}.`);
  }
  const used = new Set<Ignore>();
  let unfixed = 0;
  const counted = all.filter(({ id, aliases, fixedIn }) => {
    const ignore = [id, ...aliases]
      .map((name) => byId.get(name.toLowerCase()))
      .find((one) => one !== undefined);
    if (ignore !== undefined) used.add(ignore);
    else if (fixedOnly && fixedIn === null) unfixed += 1;
    else return true;
    return false;
  });
  for (const { id, reason } of used) notes.push(`${id} is ignored: ${reason}`);
  for (const ignore of byId.values()) {
    if (!used.has(ignore)) notes.push(`${ignore.id} is ignored, and was not found: the entry can go.`);
  }
  if (unfixed > 0) notes.push(`${unfixed} without a fix were left out, as \`fixed-only\` says.`);
  return { counted, notes };
}
