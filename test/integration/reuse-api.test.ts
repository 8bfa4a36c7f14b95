import { expect, it } from 'vitest';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { RunEvent } from '#shared/run/events.ts';
import { type ApiFixture, createApiFixture } from './api-fixture.ts';

async function reusedBy(api: ApiFixture, options: object): Promise<boolean> {
  const { projectId, file } = api;
  const { body } = await api.call<RunSummary>('POST', '/runs', { projectId, file, ...options });
  const events: RunEvent[] = [];
  const path = `/runs/${body.id}/events?afterSeq=0`;
  for await (const batch of api.stream<{ events: RunEvent[] }>(path, new AbortController().signal)) {
    events.push(...batch.events);
  }
  expect(events.at(-1)).toMatchObject({ type: 'run-finished', status: 'succeeded' });
  return events.some(({ type }) => type === 'stage-reused');
}

it('starts runs that reuse what has not changed, and runs without that', async () => {
  await using api = await createApiFixture("stages: { a: { run: 'true', skip-if-unchanged: true } }\n");
  expect(await reusedBy(api, {})).toBe(false);
  expect(await reusedBy(api, {})).toBe(true);
  expect(await reusedBy(api, { reuse: false })).toBe(false);
  expect(await reusedBy(api, { reuse: true })).toBe(true);
});
