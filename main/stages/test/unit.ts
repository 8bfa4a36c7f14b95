import { z } from 'zod';
import type { ToolExit } from '#main/engine/kind-ports.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { judgeTests } from '../tools/verdict.ts';

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
  reports: ['tests', 'coverage'],
  preview: ({ command }) => command,
  async run({ command, junit, coverage }, context) {
    const exit = await context.exec({ script: command });
    if (junit === undefined && coverage === undefined) return { outcome: exit.outcome };
    await context.collectFiles();
    const { reports, issues } = await context.readReports({
      junit: listOf(junit),
      coverage: listOf(coverage),
    });
    return { outcome: verdictOf(exit, reports, junit !== undefined), reports, issues };
  },
});

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

function verdictOf(exit: ToolExit, reports: readonly NormalForm[], wantsTests: boolean): Outcome {
  if (exit.outcome.type !== 'succeeded' || !wantsTests) return exit.outcome;
  return judgeTests(reports, exit.exitCode);
}
