import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/reports.md'), 'utf8');
const [, example = ''] = /^```yaml pipeline\n(.*?)^```$/ms.exec(page) ?? [];

it('has an example in docs/reports.md that reports tests and coverage', async () => {
  await using fixture = createCliFixture(example, {
    // The runner of these tests makes children of its own run as workers.
    env: { NODE_TEST_CONTEXT: undefined, NODE_V8_COVERAGE: undefined },
  });
  fixture.write('sum.mjs', 'export const sum = (a, b) => a + b;\n');
  fixture.write(
    'sum.test.mjs',
    "import test from 'node:test';\nimport { sum } from './sum.mjs';\ntest('sums', () => sum(1, 2));\n",
  );
  const run = await fixture.cli('run', '--trust');
  expect(run.code, run.stdout + run.stderr).toBe(0);
  expect(await fixture.json('reports', 'latest')).toMatchObject({
    tests: { total: 1, passed: 1 },
    coverage: { files: expect.arrayContaining([expect.objectContaining({ path: 'sum.mjs' })]) as unknown },
  });
});
