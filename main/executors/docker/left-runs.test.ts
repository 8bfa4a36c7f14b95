import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIdOf } from '#shared/lib/ids.ts';
import { createLeftRuns } from './left-runs.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-left-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('runs that have left something', () => {
  it('are none where nothing was ever left', async () => {
    expect(await createLeftRuns(dataDir).all()).toEqual([]);
    await createLeftRuns(dataDir).remove(runIdOf('one'));
  });

  it('are known to the next start until they are removed', async () => {
    const before = createLeftRuns(dataDir);
    await before.add(runIdOf('one'));
    await before.add(runIdOf('two'));
    await before.add(runIdOf('two'));
    const after = createLeftRuns(dataDir);
    expect([...(await after.all())].sort()).toEqual(['one', 'two']);
    await after.remove(runIdOf('one'));
    expect(await after.all()).toEqual(['two']);
  });
});
