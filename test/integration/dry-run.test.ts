import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Simulation } from '#shared/api/simulation-schemas.ts';
import { createCliFixture } from './cli-fixture.ts';

const PIPELINE = `
on: { push: { tags: ['v*'] } }
inputs: { target: { type: string, default: staging } }
stages:
  build: { if: "hashFiles('src/**') != ''", run: 'echo built' }
  maybe: { needs: [build], if: "needs.build.outputs.go == 'yes'", run: 'true' }
  never: { needs: [build], if: "inputs.target == 'production' && needs.build.outputs.go", run: 'true' }
  wrong: { run: "echo \${{ fromJSON(git.branch) }}", retry: { max: 2, delay: 1s } }
`;

it('decides what can be decided without outputs, hashes the project, and finds what would fail', async () => {
  await using fixture = createCliFixture(PIPELINE);
  fixture.write('src/a.ts', '');
  const { code, stdout } = await fixture.cli('run', '--dry-run', '--branch', 'topic');
  expect(code).toBe(1);
  expect(stdout).toMatch(/\nbuild\n {2}hashFiles\('src\/\*\*'\) != '' holds/);
  expect(stdout).toMatch(/\nmaybe {2}after build\n {2}perhaps: .*needs\.build\.outputs\.go/);
  expect(stdout).toMatch(/\nwrong .*cannot be evaluated/);
  expect(stdout).toMatch(/leave out:\nnever .*does not hold \(inputs.target = "staging"\)/);
  expect(existsSync(fixture.dataDir)).toBe(false);
});

it('assumes a tag, and estimates from the runs before', async () => {
  await using fixture = createCliFixture(
    `on: { push: { tags: ['v*'] } }\nstages: { a: { run: 'true' }, b: { needs: [a], run: 'true' } }\n`,
  );
  expect((await fixture.cli('run')).code).toBe(0);
  const { simulation } = await fixture.json<{ readonly simulation: Simulation }>(
    ...['run', '--dry-run', '--event', 'push', '--tag', 'v1'],
  );
  expect(simulation.event).toMatchObject({ title: 'A push to the tag `v1`', starts: true });
  expect(simulation.estimate).toMatchObject({ untimed: 0, criticalPath: ['a', 'b'] });
  expect(simulation.estimate.makespanMs).toBeGreaterThan(0);
  const onBranch = await fixture.cli('run', '--dry-run', '--event', 'push', '--branch', 'main');
  expect(onBranch.stderr).toContain('would start no run: it is a branch');
  expect(onBranch.stdout).toContain('Critical path: a -> b');
  expect((await fixture.cli('run', '--dry-run', '--event', 'pull')).code).toBe(2);
});
