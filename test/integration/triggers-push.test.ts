import { expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from '#test/support/fake-clock.ts';
import { createRepositories, type Repositories } from './triggers-repositories.ts';
import { createTriggersFixture, PROJECT, runGit, type TriggersFixture } from './triggers-fixture.ts';

const KEY = { projectId: PROJECT, file: 'pipewright.yml', type: 'push' } as const;

/** The project has it as `origin`. */
function withOrigin(fixture: TriggersFixture): Repositories {
  const repositories = createRepositories(fixture);
  runGit(fixture.projectDir, 'remote', 'add', 'origin', repositories.remote);
  return repositories;
}

/** Lets the poll come round, once it has finished the one before. */
async function poll(clock: FakeClock, fixture: TriggersFixture, isDone: () => boolean): Promise<void> {
  await expect
    .poll(
      () => {
        if (!isDone()) clock.next();
        return isDone();
      },
      { timeout: 20_000 },
    )
    .toBe(true);
  expect(fixture.store.triggers.stateOf(KEY).fault).toBeNull();
}

it('fires for new commits of the branches that the file chooses, with the files that changed', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { commit, other } = withOrigin(fixture);
  fixture.pipeline('{ push: { branches: [main, "release/*"], paths: ["src/**"], every: 5s } }');
  await fixture.host().start();
  await expect.poll(() => fixture.store.triggers.stateOf(KEY).cursor).not.toBeNull();
  expect(fixture.started).toEqual([]);

  const before = runGit(other, 'rev-parse', 'main').trim();
  commit('src/b.ts', 'feature');
  const pushed = commit('src/a.ts', 'main');
  await poll(clock, fixture, () => fixture.started.length > 0);
  commit('docs/x.md', 'main');
  await poll(clock, fixture, () => fixture.store.triggers.firings({ limit: 10 }).length >= 2);

  expect(fixture.started.map(({ trigger }) => trigger)).toEqual([
    {
      type: 'push',
      event: 'origin',
      ref: 'refs/heads/main',
      branch: 'main',
      commit: pushed,
      before,
      changed: ['src/a.ts', 'src/b.ts'],
      reason: `main of origin is at ${pushed.slice(0, 10)}.`,
    },
  ]);
  expect(fixture.store.triggers.firings({ limit: 1 })[0]?.skipped).toBe('no chosen file changed');
  expect(runGit(fixture.projectDir, 'cat-file', '-t', pushed).trim()).toBe('commit');
  expect(runGit(fixture.projectDir, 'branch', '--all').trim()).toBe('');
});

it('finds after a restart what was pushed meanwhile', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  const { commit } = withOrigin(fixture);
  fixture.pipeline('push');
  const first = fixture.host();
  await first.start();
  await expect.poll(() => fixture.store.triggers.stateOf(KEY).cursor).not.toBeNull();
  await first.stop();
  commit('a');
  await fixture.host().start();
  await fixture.until(1);
  expect(fixture.started[0]?.trigger).toMatchObject({ type: 'push', branch: 'main', changed: ['a'] });
});

it('says why a remote does not answer, and goes on asking', async () => {
  const clock = createFakeClock();
  await using fixture = createTriggersFixture(clock);
  runGit(fixture.projectDir, 'init', '-q');
  fixture.pipeline('push');
  const triggers = fixture.host();
  await triggers.start();
  await expect.poll(() => fixture.store.triggers.stateOf(KEY).fault).toMatch(/origin could not be asked/);
  const { commit } = withOrigin({ ...fixture, projectDir: fixture.projectDir });
  await poll(clock, fixture, () => fixture.store.triggers.stateOf(KEY).cursor !== null);
  commit('a');
  await poll(clock, fixture, () => fixture.started.length > 0);
});
