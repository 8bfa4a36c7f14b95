import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOwner, isOwnerAlive } from '#main/host/owner.ts';
import { openStore } from '#main/store/open-store.ts';
import type { Collection } from '#shared/api/storage-schemas.ts';
import type { Artifact, RunSummary } from '#shared/api/schemas.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { type CliFixture, createCliFixture, jsonLines } from './cli-fixture.ts';

const HOUR_MS = 3_600_000;

const SMALL = `
name: Small
retention: { age: 30d, runs: 2 }
stages:
  a:
    run: node -e "require('fs').writeFileSync('out.txt', process.env.PIPEWRIGHT_RUN_ID)"
    artifacts: { name: out, paths: out.txt, retention: 1ms }
`;

const numbers = ({ runs }: Collection): number[] => runs.map(({ number }) => number);

async function runTimes(at: CliFixture, times: number): Promise<void> {
  for (let run = 0; run < times; run += 1) expect((await at.cli('run', '--quiet')).code).toBe(0);
}

/** As if two hours had passed since content was stored. */
function ageContent({ dataDir }: CliFixture): void {
  const root = path.join(dataDir, 'blobs/sha256');
  const then = Date.now() / 1_000 - (2 * HOUR_MS) / 1_000;
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const absolute = path.join(root, file);
    if (statSync(absolute).isFile()) utimesSync(absolute, then, then);
  }
}

describe('the retention of a pipeline file', () => {
  it('decides how many of its runs stay, unless the command says otherwise', async () => {
    await using at = createCliFixture(SMALL);
    await runTimes(at, 4);
    expect(numbers(await at.json<Collection>('gc', '--dry-run'))).toEqual([2, 1]);
    expect(numbers(await at.json<Collection>('gc', '--dry-run', '--max-runs', '1'))).toEqual([3, 2, 1]);
    expect(numbers(await at.json<Collection>('gc', '--dry-run', '--max-runs', '9'))).toEqual([]);
    at.write('pipewright.yml', SMALL.replace('runs: 2', 'runs: 1'));
    await runTimes(at, 1);
    expect(numbers(await at.json<Collection>('gc'))).toEqual([4, 3, 2, 1]);
    expect((await at.json<RunSummary[]>('runs', 'list')).map(({ number }) => number)).toEqual([5]);
  });
});

describe('the retention of an artifact', () => {
  it('removes its content, lists it as expired and says so; pinned runs keep theirs', async () => {
    await using at = createCliFixture(SMALL);
    await runTimes(at, 2);
    expect((await at.cli('runs', 'pin', '#2')).code).toBe(0);
    ageContent(at);
    const preview = await at.json<Collection>('gc', '--dry-run');
    expect(preview.artifacts.map(({ number, name }) => `#${number} ${name}`)).toEqual(['#1 out']);
    expect(preview.content.count).toBe(2);
    const collection = await at.json<Collection>('gc');
    expect(collection).toEqual({ ...preview, dryRun: false });

    const list = (run: string) => at.json<Artifact[]>('artifacts', 'list', run);
    const [expired] = await list('#1');
    expect(expired).toMatchObject({ name: 'out', sizeBytes: 16, files: [], expired: true });
    expect(Date.parse(expired!.expiresAt!)).toBeLessThan(Date.now());
    const [kept] = await list('#2');
    expect(kept).toMatchObject({ expired: false, files: [{ path: 'out.txt' }] });
    const pretty = await at.cli('artifacts', 'list', '#1', '--format', 'pretty');
    expect(pretty.stdout).toContain('expired');
    const get = await at.cli('artifacts', 'get', '#1', 'out');
    expect(get).toMatchObject({ code: 2, stdout: '' });
    expect(get.stderr).toMatch(/Artifact out expired on \d{4}-\d\d-\d\d: its `retention` was over\./);
    expect((await at.cli('artifacts', 'get', '#2', 'out')).code).toBe(0);
    expect(await at.json('artifacts', 'verify')).toEqual({ artifacts: 1, damaged: [] });
    expect((await at.json<Collection>('gc')).artifacts).toEqual([]);
  });

  it('runs a stage again whose reusable result has expired', async () => {
    await using at = createCliFixture(SMALL.replace('    run:', '    skip-if-unchanged: true\n    run:'));
    const reused = async (): Promise<boolean> => {
      const { stdout } = await at.cli('run', '--format', 'ndjson');
      return jsonLines<RunEvent>(stdout).some(({ type }) => type === 'stage-reused');
    };
    expect([await reused(), await reused()]).toEqual([false, true]);
    ageContent(at);
    expect((await at.json<Collection>('gc')).artifacts).toHaveLength(2);
    expect(await reused()).toBe(false);
  });
});

describe('workspaces', () => {
  it('go before their run does; then it cannot be rerun, and says why', async () => {
    await using at = createCliFixture('stages: { a: { run: node -v }, b: { needs: [a], run: exit 3 } }');
    expect((await at.cli('run')).code).toBe(1);
    expect((await at.cli('run')).code).toBe(1);
    expect((await at.cli('runs', 'pin', '#2')).code).toBe(0);
    const [pinned, first] = await at.json<RunSummary[]>('runs', 'list');
    const folder = (run: RunSummary | undefined, name: string): boolean =>
      existsSync(path.join(at.dataDir, 'runs', run!.id, name));
    expect((await at.json<Collection>('gc')).workspaces.count).toBe(0);
    const collection = await at.json<Collection>('gc', '--max-workspace-age', '0');
    expect(collection.workspaces.count).toBe(1);
    expect(collection.runs).toEqual([]);
    const left = [first, pinned].map((run) => [folder(run, 'workspace'), folder(run, 'logs')]);
    expect(left).toEqual([
      [false, true],
      [true, true],
    ]);
    expect((await at.cli('logs', '#1', 'a')).stdout).toContain('v');
    const rerun = await at.cli('runs', 'rerun', '#1');
    expect(rerun.code).toBe(2);
    expect(rerun.stderr).toContain('The workspace of run #1 of pipewright is gone.');
    expect((await at.cli('runs', 'rerun', '#2')).code).toBe(1);
  });
});

describe('gc', () => {
  it('leaves interrupted and deployed runs, and removes what an interrupted removal left', async () => {
    await using at = createCliFixture('stages: { a: { run: node -v, environment: production } }');
    await runTimes(at, 1);
    at.write('pipewright.yml', 'stages: { a: { run: sleep 600 } }');
    const running = at.start('run', '--format', 'ndjson');
    await running.until((text) => text.includes('"attempt-started"'));
    running.process.kill('SIGKILL');
    await running.result;
    const orphan = path.join(at.dataDir, 'runs', '0'.repeat(16), 'workspace');
    mkdirSync(orphan, { recursive: true });
    const collection = await at.json<Collection>('gc', '--max-age', '0');
    expect(numbers(collection)).toEqual([]);
    expect(collection.workspaces.count).toBe(1);
    expect(existsSync(path.dirname(orphan))).toBe(false);
    const statuses = (await at.json<RunSummary[]>('runs', 'list')).map(({ status }) => status);
    expect(statuses).toEqual(['interrupted', 'succeeded']);
  });

  it('is refused while another process collects, and not by one that has died', async () => {
    await using at = createCliFixture('stages: { a: { run: node -v } }');
    await runTimes(at, 1);
    const store = openStore(at.dataDir);
    const stop = store.runHolds.startCollecting(createOwner(Date.now()), isOwnerAlive);
    const refused = await at.cli('gc');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('Another collection is going on');
    stop!();
    store.runHolds.startCollecting({ hostId: 'gone', pid: 2 ** 22 + 1, startedAt: 1 }, isOwnerAlive);
    store.close();
    expect((await at.cli('gc')).code).toBe(0);
  });

  it('shows pins where runs are listed and shown', async () => {
    await using at = createCliFixture('stages: { a: { run: node -v } }');
    await runTimes(at, 1);
    const pins = async () => [
      (await at.json<RunSummary[]>('runs', 'list'))[0]?.pinned,
      (await at.json<{ pinned: boolean }>('runs', 'show', '#1')).pinned,
    ];
    expect(await pins()).toEqual([false, false]);
    expect((await at.cli('runs', 'pin', '#1')).code).toBe(0);
    expect(await pins()).toEqual([true, true]);
    expect((await at.cli('runs', 'list', '--format', 'pretty')).stdout).toContain('pinned');
  });
});
