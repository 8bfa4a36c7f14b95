import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openStore } from './open-store.ts';
import { tempDir } from './store-fixture.ts';

const HOSTS = 4;
const STAGES = 300;

/** What one host does: opens the store of a folder that others open at the same moment, and writes a run. */
const HOST = `
  const [storeUrl, fixtureUrl, dataDir, projectDir, stages] = process.argv.slice(1);
  const { openStore } = await import(storeUrl);
  const { createRun } = await import(fixtureUrl);
  const store = openStore(dataDir);
  const at = process.pid;
  const names = Array.from({ length: Number(stages) }, (_, index) => 's' + index);
  const run = createRun(store, projectDir, { stages: names, at });
  run.append(1, { type: 'run-started' });
  for (const stage of names) {
    run.append(2, { type: 'attempt-started', stage, attempt: 1 });
    run.append(3, { type: 'attempt-finished', stage, attempt: 1, outcome: { type: 'succeeded' } },
      { type: 'stage-finished', stage, status: 'succeeded', outputs: {}, reason: null });
  }
  run.append(4, { type: 'run-finished', status: 'succeeded' });
  store.close();
`;

it(
  'lets several processes open a new data folder at once and write runs of their own',
  { timeout: 60_000 },
  async () => {
    using temp = tempDir();
    const dataDir = path.join(temp.dir, 'data');
    const projectDir = path.join(temp.dir, 'project');
    fs.mkdirSync(projectDir);
    const urls = ['./open-store.ts', './store-fixture.ts'].map((file) => new URL(file, import.meta.url).href);
    const args = ['--input-type=module', '--eval', HOST, '--', ...urls, dataDir, projectDir, String(STAGES)];
    await Promise.all(Array.from({ length: HOSTS }, () => promisify(execFile)(process.execPath, args)));

    const store = openStore(dataDir);
    const { runs } = store.runs.list({ sort: 'oldest' });
    expect(runs.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4]);
    for (const run of runs) {
      expect(run).toMatchObject({ status: 'succeeded', finishedStageCount: STAGES, durationMs: 3 });
      const seqs = store.events.read(run.id, 0, 10_000).map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from({ length: 3 * STAGES + 3 }, (_, index) => index + 1));
    }
    store.close();
  },
);
