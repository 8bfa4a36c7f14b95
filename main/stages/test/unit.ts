import { z } from 'zod';
import { defineKind } from '../kind.ts';

const globs = z.union([z.string().min(1), z.array(z.string().min(1))]);

/** Runs a project's unit tests and collects their results. */
export const testUnit = defineKind({
  id: 'test.unit',
  title: 'Unit tests',
  summary: 'Runs the unit tests and collects their results and their coverage',
  docs: [
    'Runs `command` in the workspace. Without `junit` the stage fails when the command does; with it the results decide:',
    'a failed test fails the stage whatever the exit code, and a stage without any test could not judge.',
    '',
    'Most test runners write JUnit XML:',
    '`node --test --test-reporter=junit --test-reporter-destination=reports/unit.xml`, `vitest --reporter=junit`, `pytest --junitxml=…`.',
  ].join('\n'),
  settings: z.strictObject({
    command: z
      .string()
      .min(1)
      .default('npm test')
      .describe('The script that runs the tests')
      .meta({
        title: 'Command',
        'x-control': 'script',
        examples: ['npx vitest run --reporter=junit --outputFile=reports/unit.xml'],
      }),
    junit: globs
      .optional()
      .describe('Globs of the JUnit XML files that it writes, relative to the workspace')
      .meta({ title: 'JUnit results', 'x-control': 'globs', examples: ['reports/*.xml'] }),
    coverage: globs
      .optional()
      .describe('Globs of the coverage files (lcov or Cobertura) that it writes')
      .meta({ title: 'Coverage', 'x-control': 'globs', examples: ['coverage/lcov.info'] }),
  }),
  example: { command: 'npm test', junit: 'reports/*.xml', coverage: 'coverage/lcov.info' },
  work: ({ command, junit }) => ({
    command: { script: command, shell: null },
    verdict: junit === undefined ? 'exit-code' : 'tests',
  }),
});
