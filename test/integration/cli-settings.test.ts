import { expect, it } from 'vitest';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';

const PIPELINE = `name: Shop
stages:
  build: { run: echo built }
`;

const set = (fixture: CliFixture, section: string, json: string) =>
  cliWith(fixture, json, 'settings', 'set', section);

it('stores a section from standard input and shows what is in effect', async () => {
  await using fixture = createCliFixture(PIPELINE);
  const limits = { maxAgeMs: null, maxRuns: 3, maxBytes: null, maxWorkspaceAgeMs: 0, auto: false };
  const done = await set(fixture, 'storage', JSON.stringify({ retention: limits }));
  expect(done).toMatchObject({ code: 0, stdout: '' });
  expect(await fixture.json('settings', 'show', 'storage')).toEqual({
    retention: limits,
    cacheMaxBytes: 5_000_000_000,
  });
  expect(await fixture.json('settings')).toMatchObject({ storage: { retention: limits } });
});

it('names the field that does not fit and changes nothing', async () => {
  await using fixture = createCliFixture(PIPELINE);
  const wrong = await set(fixture, 'triggers', '{"webhookPort": 70000}');
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain(
    '`triggers.webhookPort` does not fit: A port is a whole number from 1 to 65535.',
  );
  expect((await set(fixture, 'triggers', 'port')).stderr).toContain('What is on standard input is no JSON.');
  expect((await fixture.cli('settings', 'show', 'nothing')).code).toBe(2);
  expect(await fixture.json('settings', 'show', 'triggers')).toMatchObject({ webhookPort: 47_811 });
});
