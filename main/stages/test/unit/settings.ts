import { z } from 'zod';
import { globsSetting, wordSetting } from '../../tools/setting-shapes.ts';
import { RUNNER_NAMES } from './runners.ts';

const percent = z.number().min(0).max(100);

/** What the kinds that run tests have in common. */
export const TEST_RUN_SETTINGS = {
  command: z
    .string()
    .min(1)
    .optional()
    .describe('A script that runs the tests; without it their runner is found and called')
    .meta({
      title: 'Command',
      'x-control': 'script',
      examples: ['npx vitest run --reporter=junit --outputFile=reports/unit.xml'],
    }),
  runner: z
    .enum(RUNNER_NAMES)
    .optional()
    .describe('The runner to call, where the files of the project would tell another')
    .meta({ title: 'Runner' }),
  files: globsSetting
    .optional()
    .describe("Globs of the test files; the runner's own choice unless set")
    .meta({ title: 'Test files', 'x-control': 'globs', examples: ['test/unit/**/*.test.js'] }),
  args: z
    .array(z.string())
    .default([])
    .describe('More arguments for the runner')
    .meta({ title: 'Arguments', examples: ['--project=core'] }),
  junit: globsSetting
    .optional()
    .describe('Globs of the JUnit XML files that `command` writes, relative to the workspace')
    .meta({ title: 'JUnit results', 'x-control': 'globs', examples: ['reports/*.xml'] }),
  coverage: globsSetting
    .optional()
    .describe('Globs of the coverage files (lcov, Cobertura, JaCoCo) that `command` writes')
    .meta({ title: 'Coverage', 'x-control': 'globs', examples: ['coverage/lcov.info'] }),
  'measure-coverage': z
    .boolean()
    .default(true)
    .describe('Whether a runner that is called measures coverage, where it can')
    .meta({ title: 'Measure coverage' }),
  'coverage-min': z
    .strictObject({
      lines: percent.optional().describe('Least share of covered lines, in percent'),
      branches: percent.optional().describe('Least share of covered branches, in percent'),
    })
    .optional()
    .describe('Less coverage than this fails the stage')
    .meta({ title: 'Least coverage' }),
  'patch-min': percent
    .optional()
    .describe('Least share of covered lines among those that were changed since `base`, in percent')
    .meta({ title: 'Least coverage of changes' }),
  base: wordSetting
    .optional()
    .describe('The branch that changes are compared with; the default branch unless set')
    .meta({ title: 'Compared with', examples: ['main'] }),
  shard: z
    .string()
    .regex(/^[1-9]\d{0,3}\/[1-9]\d{0,3}$/, 'must be like 1/3')
    .optional()
    .describe('Runs one part of the test files, `1/3` to `3/3`; the parts take about as long as each other')
    .meta({ title: 'Part', examples: ['${{ matrix.part }}/3'] }),
  'rerun-failed': z
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe('How often failed tests are run again; one that passes then is flaky, not broken')
    .meta({ title: 'Rerun failed tests' }),
  'fail-on-flaky': z
    .boolean()
    .default(false)
    .describe('Whether flaky tests fail the stage')
    .meta({ title: 'Fail on flaky tests' }),
  'allow-empty': z
    .boolean()
    .default(false)
    .describe('Whether no test at all is a success')
    .meta({ title: 'Allow no tests' }),
};

export type TestRunSettings = z.output<z.ZodObject<typeof TEST_RUN_SETTINGS>>;

/** What a stage of a kind that runs tests hands on. */
export const TEST_RUN_OUTPUTS = {
  total: 'How many tests were reported',
  passed: 'How many passed, flaky ones among them',
  failed: 'How many failed or could not be judged',
  skipped: 'How many were left out',
  flaky: 'How many passed only when they were run again',
  coverage: 'Share of covered lines in percent; empty where it was not measured',
  'patch-coverage': 'The same of the lines that were changed; empty without `patch-min`',
} as const;
