import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startBackground } from '#main/host/background.ts';
import { createHost, type Host } from '#main/host/create-host.ts';
import { followChanges } from '#main/host/runs/follow-changes.ts';
import { followRun } from '#main/host/runs/follow-run.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { isAlive } from '#test/support/execution.ts';
import { type CliFixture, createCliFixture, jsonLines } from './cli-fixture.ts';

const LONG = `
workspace: in-place
on-restart: ON_RESTART
stages:
  first: { run: 'true' }
  long:
    needs: [first]
    run: |
      test ! -e go || exit 0
      setsid sleep 600 & echo $! > escaped
      echo $$ > self
      wait
`;

const pipeline = (onRestart: 'wait' | 'resume'): string => LONG.replace('ON_RESTART', onRestart);

interface Stay extends AsyncDisposable {
  readonly host: Host;
}

/** A host that stays, as a window's or that of `serve`. */
async function stay({ dataDir }: CliFixture): Promise<Stay> {
  const host = await createHost({ dataDir, mode: 'browser' });
  host.store.settings.set('triggers', { webhookPort: 0 });
  const background = startBackground(host);
  return {
    host,
    async [Symbol.asyncDispose]() {
      await background.close();
      await host.close();
    },
  };
}

/** A command's run that is killed in the middle of its second stage. */
async function killInTheMiddle(fixture: CliFixture): Promise<{ runId: RunId; pids: readonly number[] }> {
  const run = fixture.start('--format', 'ndjson', 'run');
  const stdout = await run.until((text) => text.includes('"attempt-started","stage":"long"'));
  const pidOf = (file: string): number => {
    try {
      return Number(readFileSync(path.join(fixture.projectDir, file), 'utf8'));
    } catch {
      // Not yet written.
      return 0;
    }
  };
  const files = ['escaped', 'self'];
  await expect.poll(() => files.map(pidOf).every((pid) => pid > 0), { timeout: 20_000 }).toBe(true);
  const pids = files.map(pidOf);
  // With it the stage ends at once when it is tried again.
  fixture.write('go', '');
  run.process.kill('SIGKILL');
  await run.result;
  return { runId: jsonLines<RunEvent>(stdout)[0]!.runId, pids };
}

function eventsOf({ store, engine }: Host, runId: RunId, signal?: AbortSignal) {
  const isActive = (): boolean => !isFinalRunStatus(store.runs.get(runId).status);
  return followRun({ events: store.events, engine, runId, afterSeq: 0, signal, isActive });
}

it('notices while it stays that a command beside it was killed, ends what it left and tells who follows', async () => {
  await using fixture = createCliFixture(pipeline('wait'));
  await using staying = await stay(fixture);
  const { host } = staying;
  const end = new AbortController();
  using cleanup = new DisposableStack();
  cleanup.defer(() => end.abort());
  const statuses: string[] = [];
  const changes = (async () => {
    for await (const runs of followChanges(host.store.runs, end.signal)) {
      statuses.push(...runs.map(({ status }) => status));
    }
  })();
  const { runId, pids } = await killInTheMiddle(fixture);

  const seen: RunEvent[] = [];
  for await (const batch of eventsOf(host, runId)) seen.push(...batch);
  expect(seen.slice(-2)).toMatchObject([
    {
      type: 'attempt-finished',
      stage: 'long',
      outcome: { type: 'infra-error', error: { code: 'host-died' } },
    },
    { type: 'run-finished', status: 'interrupted' },
  ]);
  expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_event, index) => index + 1));
  expect(pids.map(isAlive)).toEqual([false, false]);
  await expect.poll(() => statuses.at(-1), { timeout: 10_000 }).toBe('interrupted');
  expect(host.store.runs.processesOf(runId)).toEqual([]);
  end.abort();
  await changes;
}, 60_000);

it('goes on with a run whose file asks for it, without a restart', async () => {
  await using fixture = createCliFixture(pipeline('resume'));
  await using staying = await stay(fixture);
  const { host } = staying;
  const { runId } = await killInTheMiddle(fixture);
  await expect
    .poll(() => host.store.events.read(runId, 0, 1_000).map(({ type }) => type), { timeout: 20_000 })
    .toContain('run-resumed');
  await host.engine.get(runId)?.finished;
  expect(host.store.runs.get(runId).status).toBe('succeeded');
  const types = host.store.events.read(runId, 0, 1_000).map(({ type }) => type);
  expect(types.filter((type) => type === 'run-resumed')).toHaveLength(1);
}, 60_000);

it('goes on with it also when a command that has ended since was the first to find it', async () => {
  await using fixture = createCliFixture(pipeline('resume'));
  await using staying = await stay(fixture);
  const { host } = staying;
  const { runId } = await killInTheMiddle(fixture);
  await fixture.cli('runs', 'list');
  await expect.poll(() => host.store.runs.get(runId).status, { timeout: 20_000 }).toBe('succeeded');
}, 60_000);

it('leaves the run to one of several hosts, which marks it once', async () => {
  await using fixture = createCliFixture(pipeline('resume'));
  await using first = await stay(fixture);
  await using second = await stay(fixture);
  const { runId } = await killInTheMiddle(fixture);
  const others = Array.from({ length: 3 }, () => fixture.cli('runs', 'list'));
  await Promise.all([first.host.adopt(), second.host.adopt(), first.host.adopt(), ...others]);
  await expect.poll(() => first.host.store.runs.get(runId).status, { timeout: 20_000 }).toBe('succeeded');
  const events = second.host.store.events.read(runId, 0, 1_000);
  const count = (type: RunEvent['type']): number => events.filter((event) => event.type === type).length;
  expect([count('run-resumed'), count('run-finished')]).toEqual([1, 2]);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
}, 60_000);

it('leaves the run of a command alone that is alive', async () => {
  await using fixture = createCliFixture(pipeline('resume'));
  await using staying = await stay(fixture);
  const run = fixture.start('--format', 'ndjson', 'run');
  const stdout = await run.until((text) => text.includes('"attempt-started","stage":"long"'));
  const { runId } = jsonLines<RunEvent>(stdout)[0]!;
  expect(await staying.host.adopt()).toEqual([]);
  expect(staying.host.store.runs.get(runId).status).toBe('running');
  run.process.kill('SIGTERM');
  expect((await run.result).code).toBe(3);
  expect(await staying.host.adopt()).toEqual([]);
  expect(staying.host.store.runs.get(runId).status).toBe('cancelled');
}, 60_000);
