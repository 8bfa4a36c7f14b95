import { expect, it } from 'vitest';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { Trigger, TriggerFiring } from '#shared/api/trigger-schemas.ts';
import { type ApiError, type ApiFixture, createApiFixture } from './api-fixture.ts';

const PIPELINE = `
name: Nightly
on: { schedule: { cron: "0 3 * * *", timezone: UTC }, webhook: {} }
stages: { build: { run: 'echo built' } }
`;

interface Followed extends AsyncDisposable {
  /** Resolves when the latest list fits. */
  until(isTrue: (triggers: readonly Trigger[]) => boolean): Promise<readonly Trigger[]>;
  readonly lists: readonly (readonly Trigger[])[];
}

function follow(api: ApiFixture): Followed {
  const end = new AbortController();
  const lists: Trigger[][] = [];
  const waiting = new Set<() => void>();
  const following = (async () => {
    for await (const { triggers } of api.stream<{ triggers: Trigger[] }>('/triggers/changes', end.signal)) {
      lists.push(triggers);
      for (const look of waiting) look();
    }
  })();
  return {
    lists,
    until: (isTrue) =>
      new Promise((resolve) => {
        const look = (): void => {
          const last = lists.at(-1);
          if (last === undefined || !isTrue(last)) return;
          waiting.delete(look);
          resolve(last);
        };
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      end.abort();
      await following;
    },
  };
}

const isReady = (triggers: readonly Trigger[]): boolean => triggers.length > 0;

it('tells of triggers at once, and of each pause, firing, run and change of a file', async () => {
  await using api = await createApiFixture(PIPELINE, { stays: true });
  await using followed = follow(api);
  const { projectId, file } = api;
  expect(await followed.until(isReady)).toMatchObject([
    { type: 'schedule', summary: '0 3 * * * (UTC)', paused: false, last: null },
    { type: 'webhook', summary: 'any event', nextAt: null },
  ]);

  await api.call('POST', '/triggers/pause', { projectId, file, type: 'schedule' });
  const paused = await followed.until(([schedule]) => schedule?.paused === true);
  expect(paused).toMatchObject([{ nextAt: null }, { paused: false }]);
  await api.call('POST', '/triggers/resume', { projectId, file });
  await followed.until(([schedule]) => schedule?.paused === false);

  const { status, body } = await api.call<RunSummary>('POST', '/triggers/run', {
    ...{ projectId, file, type: 'schedule' },
  });
  expect([status, body.trigger]).toEqual([200, 'schedule']);
  const [schedule] = await followed.until(([first]) => first?.last?.run?.status === 'succeeded');
  expect(schedule?.last).toMatchObject({ reason: 'Started by hand.', runId: body.id, missed: 0 });
  const history = await api.call<TriggerFiring[]>(
    'GET',
    `/triggers/history?projectId=${projectId}&type=schedule`,
  );
  expect(history.body).toMatchObject([{ runId: body.id, run: { number: 1, status: 'succeeded' } }]);

  api.write(file, PIPELINE.replace('0 3', '0 4'));
  const [changed] = await followed.until(([first]) => first?.summary === '0 4 * * * (UTC)');
  expect(changed?.fault).toMatch(/Not trusted since it changed/);
  const texts = followed.lists.map((list) => JSON.stringify(list));
  expect(texts.filter((text, index) => text === texts[index - 1])).toEqual([]);
}, 30_000);

it('runs nothing for a trigger that is not there or a pipeline that is not trusted', async () => {
  await using api = await createApiFixture(PIPELINE);
  const { projectId, file } = api;
  const run = (body: object) => api.call<ApiError>('POST', '/triggers/run', { projectId, file, ...body });
  expect((await run({ type: 'push' })).body).toMatchObject({
    message: 'pipewright.yml has no trigger push in this project.',
    data: { code: 'usage' },
  });
  expect((await run({ type: 'schedule', file: 'other.yml' })).body.data.code).toBe('usage');
  expect((await run({ type: 'nothing' })).status).toBe(400);
  await api.call('DELETE', '/trust/file', { projectId, file });
  expect((await run({ type: 'schedule' })).body.data.code).toBe('not-trusted');
  expect((await api.call<TriggerFiring[]>('GET', '/triggers/history')).body).toEqual([]);
  expect((await api.call<{ runs: object[] }>('GET', '/runs')).body.runs).toEqual([]);
});

it('pauses all triggers of a file at once, and refuses a project that is not there', async () => {
  await using api = await createApiFixture(PIPELINE);
  const { projectId, file } = api;
  expect((await api.call('POST', '/triggers/pause', { projectId, file })).body).toEqual({ paused: true });
  const { body } = await api.call<Trigger[]>('GET', `/triggers?projectId=${projectId}`);
  expect(body.map(({ paused }) => paused)).toEqual([true, true]);
  const refused = await api.call<ApiError>('POST', '/triggers/pause', { projectId: 'elsewhere1', file });
  expect(refused.body.data.code).toBe('project-not-found');
});
