import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';
import { type ShownRun, stageOf, statuses } from './shown-run.ts';

it('evaluates expressions wherever a value may stand, over what stages before have said', async () => {
  await using fixture = createCliFixture(`
inputs: { target: { default: prod } }
env: { T: '\${{ inputs.target }}', U: '\${{ env.T }}-1' }
stages:
  version: { run: 'echo "v=3" >> "$PIPEWRIGHT_OUTPUT"; mkdir -p app' }
  build:
    needs: version
    if: env.U == 'prod-1' && needs.version.outputs.v == 3
    env: { V: '\${{ env.U }}.\${{ needs.version.outputs.v }}' }
    shell: \${{ env.V == 'prod-1.3' && 'node' || 'sh' }} {0}
    working-directory: \${{ needs.version.outputs.v == 3 && 'app' || 'none' }}
    locks: ['lock-\${{ needs.version.outputs.v }}']
    concurrency: group-\${{ needs.version.outputs.v }}
    cache: { key: 'key-\${{ env.V }}', paths: 'app/\${{ inputs.target }}' }
    steps:
      - id: out
        run: require('fs').appendFileSync(process.env.PIPEWRIGHT_OUTPUT, 'n=7\\n'); require('fs').writeFileSync('f', '')
      - { if: "steps.out.outputs.n == '7' && env.V == 'prod-1.3'", run: console.log(process.env.V) }
    outputs: { all: '\${{ env.V }}.\${{ steps.out.outputs.n }}' }
    artifacts: { name: 'app-\${{ steps.out.outputs.n }}', paths: "app/\${{ steps.out.outputs.n == 7 && 'f' }}" }
`);
  const { code, stdout } = await fixture.cli('run');
  expect(code).toBe(0);
  expect(stdout).toContain('build waits for the lock lock-3 and the group group-3');
  expect(stdout).toContain('Cache key-prod-1.3');
  const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
  expect(stageOf(run, 'build').outputs).toMatchObject({ all: 'prod-1.3.7' });
  expect(await fixture.json('artifacts', 'list', 'latest')).toMatchObject([{ name: 'app-7' }]);
});

it('fails the stage whose expression cannot be evaluated, and shows what it read, but no secret', async () => {
  await using fixture = createCliFixture(`
stages:
  before: { run: 'echo "v=x{" >> "$PIPEWRIGHT_OUTPUT"' }
  condition: { needs: before, if: fromJSON(needs.before.outputs.v), run: 'true' }
  variable: { needs: before, env: { X: '\${{ fromJSON(needs.before.outputs.v) }}' }, run: 'true' }
  step: { needs: before, steps: [{ run: 'true' }, { if: fromJSON(needs.before.outputs.v), run: 'true' }] }
  output: { needs: before, run: 'true', outputs: { o: '\${{ fromJSON(needs.before.outputs.v) }}' } }
  key: { needs: before, run: 'true', cache: { key: '\${{ fromJSON(needs.before.outputs.v) }}', paths: x } }
  artifact: { needs: before, run: 'true', artifacts: { name: '\${{ fromJSON(needs.before.outputs.v) }}', paths: x } }
  lock: { needs: before, run: 'true', locks: '\${{ fromJSON(needs.before.outputs.v) }}' }
  legs: { needs: before, run: 'true', matrix: { n: '\${{ fromJSON(needs.before.outputs.v) }}' } }
  ask: { needs: before, approval: { message: '\${{ fromJSON(needs.before.outputs.v) }}' } }
  secret: { secrets: TOKEN, run: 'echo \${{ fromJSON(secrets.TOKEN) }}' }
`);
  expect((await cliWith(fixture, 'sesame-open-2', 'secrets', 'set', 'TOKEN')).code).toBe(0);
  const { code, stdout } = await fixture.cli('run');
  expect(code).toBe(1);
  const { before, ...others } = statuses(await fixture.json<ShownRun>('runs', 'show', 'latest'));
  expect(before).toBe('succeeded');
  for (const [stage, status] of Object.entries(others)) {
    expect([stage, status]).toEqual([stage, 'failed']);
    const line = stdout.split('\n').find((text) => text.startsWith(`✗ ${stage} `));
    const seen = stage === 'secret' ? 'secrets.TOKEN = ***' : 'needs.before.outputs.v = "x{"';
    expect(line).toContain(seen);
  }
  expect(stdout).not.toContain('sesame');
});

it('fails a stage whose cache would leave its workspace', async () => {
  await using fixture = createCliFixture(`
inputs: { dir: { default: '..' } }
stages:
  out: { cache: { key: k, paths: '\${{ inputs.dir }}/x' }, run: echo wrong }
  link: { cache: { key: l, paths: away/x }, run: 'ln -s /usr away' }
`);
  const { code, stdout } = await fixture.cli('run');
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ out .*The cache path "\.\.\/x" leaves the workspace of the stage/);
  expect(stdout).toMatch(/✗ link .*The cache path "away\/x" leaves the workspace of the stage/);
  expect((await fixture.cli('logs', 'latest', 'out')).stdout).not.toContain('wrong');
});
