import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { RUNNERS } from './unit/runners.ts';
import { runTests } from './unit/run-tests.ts';
import { TEST_RUN_OUTPUTS, TEST_RUN_SETTINGS } from './unit/settings.ts';

/** Runs a project's unit tests and judges their results. */
export const testUnit = defineKind({
  id: 'test.unit',
  title: 'Unit tests',
  summary: 'Runs the unit tests, and judges their results and their coverage',
  docs: [
    'Finds the runner of the project and calls it so that it reports each test and, where it can, coverage: Vitest, Jest,',
    "Mocha, Node's own, pytest, cargo (with nextest where it is installed), go, Maven, Gradle. What the `test` script of a",
    '`package.json` calls goes first.',
    '',
    'With a `command` that runs instead, say in `junit` and `coverage` what it writes. Without these two its exit code alone',
    'decides.',
    '',
    'The results decide, not the exit code: a failed test fails the stage, a stage without any test could not judge, and a runner',
    'that fails although no test did fails the stage, too. With a result that cannot be read, the stage could not judge, unless',
    'another one names a failed test.',
    '',
    '- `coverage-min` and `patch-min` fail it when too little is covered, of all or of what was changed since `base`. Changed',
    '  lines that no test ran stand in its summary.',
    '- `rerun-failed` runs failed tests again, alone. One that passes then is flaky: a warning, unless `fail-on-flaky`.',
    '- `shard` runs one part of the test files, so that the legs of a matrix share them. The parts are made by how long the',
    '  files took in the newest run that had finished before.',
  ].join('\n'),
  settings: z.strictObject(TEST_RUN_SETTINGS),
  example: { 'coverage-min': { lines: 80 }, 'rerun-failed': 1 },
  outputs: TEST_RUN_OUTPUTS,
  reports: ['tests', 'coverage', 'metrics'],
  tools: RUNNERS.map(({ tool }) => tool),
  preview: ({ command }) => command ?? '',
  run: (settings, context, { now }) => runTests(settings, context, now),
});
