import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { RunSummary, WaitingApproval } from '#shared/api/schemas.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { type ApiError, type ApiFixture, createApiFixture } from './api-fixture.ts';
import { createCliFixture } from './cli-fixture.ts';

const NOWHERE = '000000000000none';

async function start(api: ApiFixture): Promise<RunSummary> {
  const { status, body } = await api.call<RunSummary>('POST', '/runs', {
    projectId: api.projectId,
    file: api.file,
  });
  expect(status).toBe(200);
  return body;
}

/** All events of a run, as a client that follows it gets them. */
async function follow(api: ApiFixture, runId: string, afterSeq = 0): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const stream = api.stream<{ events: RunEvent[] }>(
    `/runs/${runId}/events?afterSeq=${afterSeq}`,
    new AbortController().signal,
  );
  for await (const batch of stream) events.push(...batch.events);
  return events;
}

async function ended(api: ApiFixture, runId: string): Promise<RunSummary> {
  await follow(api, runId);
  const { body } = await api.call<RunSummary>('GET', `/runs/${runId}`);
  expect(isFinalRunStatus(body.status)).toBe(true);
  return body;
}

const waitingStages = async (api: ApiFixture): Promise<WaitingApproval[]> =>
  (await api.call<WaitingApproval[]>('GET', '/runs/waiting')).body;

const APPROVED = `
stages:
  build: { run: 'true' }
  ship:
    needs: [build]
    approval: { message: "Ship it?" }
  deploy:
    needs: [ship]
    run: 'echo "by \${{ needs.ship.outputs.by }}: \${{ needs.ship.outputs.comment }}" > "$PIPEWRIGHT_PROJECT/deployed"'
`;

it('lists what waits for a person, and takes a decision once', async () => {
  await using api = await createApiFixture(APPROVED);
  expect(await waitingStages(api)).toEqual([]);
  const { id } = await start(api);
  await expect.poll(() => waitingStages(api)).toHaveLength(1);
  expect(await waitingStages(api)).toMatchObject([
    { run: { id, status: 'running' }, stage: 'ship', message: 'Ship it?', allowed: [], expiresAt: null },
  ]);
  const decide = (stage: string, decision = 'approved') =>
    api.call<ApiError & { accepted: boolean }>('POST', `/runs/${id}/approval`, {
      stage,
      decision,
      comment: 'looks good',
    });
  expect((await decide('build')).body).toEqual({ accepted: false });
  expect((await decide('nothing')).body.data.code).toBe('stage-not-found');
  expect((await decide('ship', 'perhaps')).status).toBe(400);
  expect((await decide('ship')).body).toEqual({ accepted: true });
  expect((await ended(api, id)).status).toBe('succeeded');
  expect((await decide('ship', 'rejected')).body).toEqual({ accepted: false });
  expect(await waitingStages(api)).toEqual([]);
  expect(existsSync(path.join(api.projectDir, 'deployed'))).toBe(true);
});

it('ends a run whose stage was rejected, with what needed it skipped', async () => {
  await using api = await createApiFixture(APPROVED);
  const { id } = await start(api);
  await expect.poll(() => waitingStages(api)).toHaveLength(1);
  await api.call('POST', `/runs/${id}/approval`, { stage: 'ship', decision: 'rejected' });
  expect((await ended(api, id)).status).toBe('failed');
  expect(existsSync(path.join(api.projectDir, 'deployed'))).toBe(false);
});

it('cancels a stage or a whole run, and says so when there is nothing to cancel', async () => {
  await using api = await createApiFixture(`
stages:
  long: { run: sleep 600 }
  other: { run: sleep 600 }
`);
  const { id } = await start(api);
  const cancel = (body: object, run: string = id) =>
    api.call<ApiError & { accepted: boolean }>('POST', `/runs/${run}/cancel`, body);
  expect((await cancel({ stage: 'nothing' })).body.data.code).toBe('stage-not-found');
  expect((await cancel({}, NOWHERE)).body.data.code).toBe('run-not-found');
  expect((await cancel({ stage: 'long' })).body).toEqual({ accepted: true });
  expect((await cancel({})).body).toEqual({ accepted: true });
  const events = await follow(api, id);
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'cancelled' });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
  expect(await follow(api, id, events.length - 1)).toEqual([events.at(-1)]);
  expect((await cancel({})).body).toEqual({ accepted: false });
});

it('runs again what failed, or one stage with what follows, and reuses the rest', async () => {
  await using api = await createApiFixture(`
stages:
  first: { run: 'echo x >> "$PIPEWRIGHT_PROJECT/first"; echo "v=1" >> "$PIPEWRIGHT_OUTPUT"' }
  second: { needs: [first], run: 'test -e "$PIPEWRIGHT_PROJECT/good"' }
`);
  const failed = await start(api);
  expect((await ended(api, failed.id)).status).toBe('failed');
  const rerun = (run: string, body: object) =>
    api.call<RunSummary & ApiError>('POST', `/runs/${run}/rerun`, body);
  api.write('good', '');
  const again = (await rerun(failed.id, { from: 'failed' })).body;
  expect(again).toMatchObject({ number: failed.number + 1, trigger: 'api' });
  const events = await follow(api, again.id);
  expect(events.at(-1)).toMatchObject({ status: 'succeeded' });
  expect(events.filter(({ type }) => type === 'stage-reused')).toMatchObject([
    { stage: 'first', from: { runId: failed.id, because: 'rerun' } },
  ]);
  const whole = (await rerun(again.id, { from: 'stage', stage: 'first' })).body;
  expect((await follow(api, whole.id)).filter(({ type }) => type === 'attempt-started')).toHaveLength(2);

  const refusals = await Promise.all([
    rerun(again.id, { from: 'failed' }),
    rerun(again.id, { from: 'stage' }),
    rerun(again.id, { from: 'stage', stage: 'nothing' }),
    rerun(NOWHERE, { from: 'failed' }),
    rerun(again.id, { from: 'everything' }),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([422, 422, 422, 422, 400]);
  expect(refusals.slice(0, 4).map(({ body }) => body.data.code)).toEqual([
    'usage',
    'usage',
    'stage-not-found',
    'run-not-found',
  ]);
});

it('goes on with an interrupted run, and refuses one that is not', async () => {
  await using api = await createApiFixture('stages: { a: { run: echo a } }\n');
  await using cli = createCliFixture(`
workspace: in-place
stages:
  first: { run: 'echo x >> first' }
  long: { needs: [first], run: 'if [ ! -e go ]; then touch go; sleep 600; fi' }
`);
  const run = cli.start('--data', api.host.dataDir, '--format', 'ndjson', 'run');
  await run.until((stdout) => stdout.includes('"attempt-started","stage":"long"'));
  await expect.poll(() => existsSync(path.join(cli.projectDir, 'go')), { timeout: 20_000 }).toBe(true);
  const [beside] = (await api.call<{ runs: RunSummary[] }>('GET', '/runs')).body.runs;
  const id = beside!.id;
  const resume = (which: string) => api.call<RunSummary & ApiError>('POST', `/runs/${which}/resume`);
  expect((await resume(id)).body.data.code).toBe('run-not-active');
  run.process.kill('SIGKILL');
  await run.result;
  await api.host.adopt();
  expect((await api.call<RunSummary>('GET', `/runs/${id}`)).body.status).toBe('interrupted');

  const { status, body } = await resume(id);
  expect([status, body.id]).toEqual([200, id]);
  expect((await ended(api, id)).status).toBe('succeeded');
  const refused = await resume(id);
  expect([refused.status, refused.body.data.code]).toEqual([422, 'run-not-active']);
  expect(refused.body.message).toMatch(/is not interrupted but succeeded/);
  expect((await resume(NOWHERE)).body.data.code).toBe('run-not-found');
}, 60_000);

it('tells of each change of any run as it comes', async () => {
  await using api = await createApiFixture('stages: { a: { run: echo a } }\n');
  const end = new AbortController();
  const statuses: string[] = [];
  const ready = Promise.withResolvers<undefined>();
  const following = (async () => {
    const stream = api.stream<{ runs: RunSummary[] }>('/runs/changes', end.signal);
    ready.resolve(undefined);
    for await (const { runs } of stream) statuses.push(...runs.map(({ status }) => status));
  })();
  await ready.promise;
  // Nothing tells that the stream is open, so runs come until one is seen.
  await expect
    .poll(
      async () => {
        if (statuses.length === 0) await ended(api, (await start(api)).id);
        return statuses.at(-1);
      },
      { timeout: 20_000 },
    )
    .toBe('succeeded');
  end.abort();
  await following;
}, 30_000);
