import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunHandle } from '#main/engine/engine.ts';
import { createHost, type Host } from '#main/host/create-host.ts';
import { planRun } from '#main/host/projects/plan-run.ts';
import { startAutoCollect } from '#main/host/storage/auto-collect.ts';
import { finish, readLastCollection, runCollection } from '#main/host/storage/run-collection.ts';
import { readRetentionLimits } from '#main/host/storage/retention-settings.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import { createFakeClock, type FakeClock } from '#test/support/fake-clock.ts';

const DAY_MS = 86_400_000;

/** Its stage ends when the project has a file `go`. */
const WAITS = `
stages:
  a:
    run: |
      node -e "
        const go = process.env.PIPEWRIGHT_PROJECT + '/go';
        const timer = setInterval(() => require('fs').existsSync(go) && clearInterval(timer), 20);
      "
`;

interface Place extends AsyncDisposable {
  readonly projectDir: string;
  /** Another host on the same data folder, as another process would be. */
  open(): Promise<Host>;
  start(host: Host, pipeline: string): Promise<RunHandle>;
  /** Lets stages end. */
  go(): void;
  /** Lets them wait again. */
  stop(): void;
}

function createPlace(): Place {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-storage-'));
  const projectDir = path.join(dir, 'project');
  mkdirSync(projectDir);
  const hosts: Host[] = [];
  const goFile = path.join(projectDir, 'go');
  return {
    projectDir,
    go: () => writeFileSync(goFile, ''),
    stop: () => rmSync(goFile),
    async open() {
      const host = await createHost({ dataDir: path.join(dir, 'data'), mode: 'browser' });
      hosts.push(host);
      return host;
    },
    async start(host, pipeline) {
      const file = 'pipewright.yml';
      writeFileSync(path.join(projectDir, file), pipeline);
      const { plan } = await planRun(host.kinds, { projectDir, file, inputs: {} });
      return host.engine.start({
        projectDir,
        pipelineFile: file,
        plan: plan!,
        trigger: { type: 'api' },
        maxParallel: 2,
      });
    },
    async [Symbol.asyncDispose]() {
      for (const host of hosts) await host.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const collectAt = (host: Host, now: number) =>
  finish(
    runCollection(host, {
      limits: readRetentionLimits(host.store.settings),
      now,
      automatic: false,
      signal: new AbortController().signal,
    }),
  );

describe('two hosts on one data folder', () => {
  it('never lose content that a run of one of them has stored since its attempt began', async () => {
    await using place = createPlace();
    const [runs, collects] = [await place.open(), await place.open()];
    const run = await place.start(runs, WAITS);
    await expect.poll(() => run.state().counts.running).toBe(1);
    // What an artifact's first files are while its other files are still being stored.
    const { sha256 } = await runs.blobs.putBytes(Buffer.from('one of many files'));
    const later = Date.now() + 5 * 3_600_000;
    expect((await collectAt(collects, later)).content.count).toBe(0);
    expect(runs.blobs.hasSync(sha256)).toBe(true);
    place.go();
    expect((await run.finished).status).toBe('succeeded');
    expect((await collectAt(collects, later)).content.count).toBe(1);
  });

  it('keep a run of which another one takes its results and its workspace', async () => {
    await using place = createPlace();
    const [reruns, collects] = [await place.open(), await place.open()];
    const first = await place.start(reruns, `${WAITS}  b: { needs: [a], run: exit 3 }\n`);
    place.go();
    expect((await first.finished).status).toBe('failed');
    place.stop();
    const again = await reruns.rerun(first.runId, {
      from: { type: 'stage', stage: stageIdOf('a') },
      trigger: { type: 'api' },
    });
    const ancient = Date.now() + 400 * DAY_MS;
    expect((await collectAt(collects, ancient)).runs).toEqual([]);
    place.go();
    await again.finished;
    const gone = (await collectAt(collects, ancient)).runs.map(({ id }) => id);
    expect(gone).toEqual([again.runId, first.runId]);
  });

  it('collect one at a time', async () => {
    await using place = createPlace();
    const [one, other] = [await place.open(), await place.open()];
    const options = {
      limits: readRetentionLimits(one.store.settings),
      now: Date.now(),
      automatic: false,
      signal: new AbortController().signal,
    };
    const going = runCollection(one, options);
    await going.next();
    await expect(finish(runCollection(other, options))).rejects.toMatchObject({ code: 'busy' });
    await going.return(null as never);
    expect(readLastCollection(one.store)).toMatchObject({ complete: false, automatic: false });
    await finish(runCollection(other, options));
    expect(readLastCollection(one.store)).toMatchObject({ complete: true });
  });
});

/** Lets time pass until the next look has had its effect. */
async function look(clock: FakeClock): Promise<void> {
  expect(clock.next()).toBe(true);
  await expect.poll(() => clock.timers).toBe(1);
}

describe('a host that stays', () => {
  it('collects once a day while nothing runs, and not where that is switched off', async () => {
    await using place = createPlace();
    const host = await place.open();
    const run = await place.start(host, WAITS);
    const clock = createFakeClock(Date.now() + 400 * DAY_MS);
    const auto = startAutoCollect(host, clock);
    await look(clock);
    expect(readLastCollection(host.store)).toBeNull();
    place.go();
    await run.finished;
    host.store.settings.set('retention', { auto: false });
    await look(clock);
    expect(readLastCollection(host.store)).toBeNull();
    host.store.settings.set('retention', {});
    await look(clock);
    const first = readLastCollection(host.store);
    expect(first).toMatchObject({ automatic: true, complete: true, runs: 1 });
    expect(existsSync(path.join(host.dataDir, 'runs', run.runId))).toBe(false);
    let looks = 0;
    while (readLastCollection(host.store)?.at === first?.at) {
      await look(clock);
      looks += 1;
    }
    expect(looks).toBe(144);
    await auto.close();
    expect(clock.timers).toBe(0);
  });

  it('collects while all that goes on waits for people', async () => {
    await using place = createPlace();
    const host = await place.open();
    const run = await place.start(host, 'stages: { a: { approval: { message: Go? } } }');
    await expect.poll(() => run.state().counts['waiting-approval']).toBe(1);
    const clock = createFakeClock(Date.now() + 400 * DAY_MS);
    const auto = startAutoCollect(host, clock);
    await look(clock);
    expect(readLastCollection(host.store)).toMatchObject({ automatic: true, runs: 0 });
    await auto.close();
  });
});
