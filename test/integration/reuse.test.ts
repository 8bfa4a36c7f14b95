import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type CliFixture, createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';
import { type ShownRun, stageOf } from './shown-run.ts';

const REUSING = `
inputs: { times: { default: 1 } }
vars: { REGION: eu }
stages:
  version: { run: 'echo "v=1" >> "$PIPEWRIGHT_OUTPUT"' }
  build:
    needs: version
    skip-if-unchanged: { files: [src/**] }
    run: 'echo "out=\${{ vars.REGION }}" >> "$PIPEWRIGHT_OUTPUT"'
  legs:
    needs: version
    matrix: { n: "\${{ fromJSON('[1, 2]') }}" }
    skip-if-unchanged: { files: [src/**] }
    run: 'echo \${{ matrix.n }}'
  after: { needs: [build, legs], run: 'echo \${{ needs.build.outputs.out }}' }
`;

const reused = async (fixture: CliFixture, ...args: string[]): Promise<string[]> => {
  const { code } = await fixture.cli(...args);
  expect(code).toBe(0);
  const { stages } = await fixture.json<ShownRun>('runs', 'show', 'latest');
  return stages.filter(({ reusedFrom }) => reusedFrom !== null).map(({ id }) => id);
};

it('runs everything when that is asked for, and remembers what came out', async () => {
  await using fixture = createCliFixture(REUSING);
  fixture.write('src/a', '1');
  expect(await reused(fixture, 'run')).toEqual([]);
  expect(await reused(fixture, 'run')).toEqual(['build', 'legs[n=1]', 'legs[n=2]']);
  expect(await reused(fixture, 'run', '--no-reuse')).toEqual([]);
  expect((await fixture.cli('logs', 'latest', 'build')).stdout).toContain('that was asked for');
  const { id } = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(await reused(fixture, 'run')).toEqual(['build', 'legs[n=1]', 'legs[n=2]']);
  const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(stageOf(run, 'build').reusedFrom).toEqual({ runId: id, because: 'unchanged' });
});

it('really runs the stage that is to run again, though nothing has changed', async () => {
  await using fixture = createCliFixture(REUSING);
  fixture.write('src/a', '1');
  await fixture.cli('run');
  expect(await reused(fixture, 'runs', 'rerun', 'latest', '--stage', 'build')).not.toContain('build');
  expect(await reused(fixture, 'runs', 'rerun', 'latest', '--stage', 'legs')).toEqual(['version', 'build']);
});

it('runs a stage whose expressions come to something else, though the file says the same', async () => {
  await using fixture = createCliFixture(REUSING);
  await fixture.cli('run');
  fixture.write('pipewright.yml', REUSING.replace('REGION: eu', 'REGION: us'));
  expect(await reused(fixture, 'run')).toEqual([]);
  expect((await fixture.cli('logs', 'latest', 'build')).stdout).toContain(
    'runs because command, vars changed',
  );
  expect((await fixture.cli('logs', 'latest', 'after')).stdout).toBe('us\n');
});

it('keeps no secret in what it remembers of a stage', async () => {
  await using fixture = createCliFixture(`
stages:
  a:
    secrets: TOKEN
    env: { T: '\${{ secrets.TOKEN }}' }
    skip-if-unchanged: { files: [src/**], env: T }
    run: 'echo "\${{ secrets.TOKEN }}" > out'
`);
  await cliWith(fixture, 'sesame-open-3', 'secrets', 'set', 'TOKEN');
  expect(await reused(fixture, 'run')).toEqual([]);
  expect(await reused(fixture, 'run')).toEqual(['a']);
  const { stdout } = await fixture.cli('logs', 'latest', 'a');
  expect(stdout).toContain('reused from run');
  const kept = ['pipewright.db', 'pipewright.db-wal'].map((file) => path.join(fixture.dataDir, file));
  for (const file of kept.filter((name) => existsSync(name))) {
    expect(readFileSync(file, 'latin1')).not.toContain('sesame');
  }
});
