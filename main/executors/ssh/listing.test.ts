import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstListing, type Listing, nameList, nextListing, parseChanges, parseListing } from './listing.ts';
import type { RemoteFacts } from './remote-facts.ts';

const factsOf = (listing: RemoteFacts['listing']): RemoteFacts => ({
  ...{ root: '/', env: {}, rsync: null, setsid: 'setsid', bootId: '' },
  listing,
});

const sh = (script: string): Buffer => execFileSync('sh', ['-c', script]);

describe.skipIf(process.platform !== 'linux')('a listing of a folder', () => {
  let dir: string;
  let folder: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'pipewright-listing-'));
    folder = path.join(dir, `it's a "folder"`);
    mkdirSync(path.join(folder, 'sub'), { recursive: true });
    writeFileSync(path.join(folder, 'sub', 'kept'), 'kept');
    writeFileSync(path.join(folder, 'line\nend and space '), 'one');
    writeFileSync(Buffer.from(`${folder}/\u00ff`, 'latin1'), 'no text');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const first = (facts: RemoteFacts): Listing => parseListing(sh(firstListing(folder, facts)), facts);
  const next = (facts: RemoteFacts, before: Listing) =>
    parseChanges(sh(nextListing(folder, facts)), before, facts);
  const stampAt = (seconds: number): void => utimesSync(`${folder}.stamp`, seconds, seconds);

  it.each(['exact', 'change-times', 'times'] as const)('has every name, told by %s', (how) => {
    const facts = factsOf(how);
    const names = [...first(facts).keys()].sort();
    expect(names).toEqual(['line\nend and space ', 'sub', 'sub/kept', '\u00ff']);
    expect(nameList(['\u00ff'])).toEqual(Buffer.from([0x2e, 0x2f, 0xff, 0]));
  });

  it('tells what was touched by all that is known of a file, whatever its times', () => {
    const facts = factsOf('exact');
    const before = first(facts);
    expect(next(facts, before).changed.size).toBe(0);
    stampAt(4_000_000_000);
    writeFileSync(path.join(folder, 'line\nend and space '), 'another');
    rmSync(path.join(folder, 'sub', 'kept'));
    const { now, changed } = next(facts, before);
    expect([...changed].sort()).toEqual(['line\nend and space ', 'sub']);
    expect(now.has('sub/kept')).toBe(false);
  });

  it('tells what is newer than its stamp where find knows no more', () => {
    const facts = factsOf('change-times');
    const before = first(facts);
    stampAt(4_000_000_000);
    expect(next(facts, before).changed.size).toBe(0);
    stampAt(1_000_000_000);
    expect(next(facts, before).changed.size).toBe(4);
  });

  it('goes by the times of contents where find knows nothing else', () => {
    const facts = factsOf('times');
    const before = first(facts);
    stampAt(3_000_000_000);
    utimesSync(path.join(folder, 'sub', 'kept'), 3_500_000_000, 3_500_000_000);
    writeFileSync(path.join(folder, 'made'), '');
    expect([...next(facts, before).changed].sort()).toEqual(['made', 'sub/kept']);
  });
});
