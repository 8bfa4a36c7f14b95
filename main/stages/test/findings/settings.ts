import { z } from 'zod';
import type { Severity } from '#shared/reports/severity.ts';
import { failOnSetting, globsSetting } from '../../tools/setting-shapes.ts';

/** Which findings fail a stage: settings that all kinds with findings share. */
export const verdictSettings = (failOn: Severity) => ({
  'fail-on': failOnSetting
    .default(failOn)
    .describe('The least severity that fails the stage; `never` only shows what was found')
    .meta({ title: 'Fails on' }),
  baseline: z
    .enum(['all', 'new-only'])
    .default('all')
    .describe(
      'Which findings count: all, or only those that the last finished run on `branch` did not have. The others stay in the report',
    )
    .meta({ title: 'Findings that count' }),
  branch: z
    .string()
    .min(1)
    .optional()
    .describe('The branch whose last finished run is the baseline; without it the last finished run on any')
    .meta({ title: 'Baseline branch', examples: ['main'] }),
  'allow-empty': z
    .boolean()
    .default(false)
    .describe('Succeeds where nothing was there to be checked; else that is an error')
    .meta({ title: 'May be empty' }),
});

/** Which files are looked at, for kinds that look at files. */
export const fileSettings = {
  paths: globsSetting
    .optional()
    .describe('Files, folders or globs to look at, relative to the working directory; without it all of them')
    .meta({ title: 'Paths', 'x-control': 'globs', examples: ['src'] }),
  exclude: globsSetting
    .optional()
    .describe(
      'Globs of files to leave out, besides those that Git ignores and `node_modules`. Tools also follow ignore files of their own',
    )
    .meta({ title: 'Leaves out', 'x-control': 'globs', examples: ['**/*.min.js'] }),
};

export const argsSetting = z
  .array(z.string())
  .default([])
  .describe('More arguments for the tool, before the files; for this they must be those of one tool')
  .meta({ title: 'More arguments' });

/** @param names of the tools to choose from @param which what happens without it */
export const toolSetting = <const Names extends readonly [string, ...string[]]>(
  names: Names,
  which: string,
) =>
  z
    .union([z.enum(names), z.array(z.enum(names)).min(1)])
    .optional()
    .describe(`The tool, or several; without it ${which}`)
    .meta({ title: 'Tool' });

export interface VerdictSettings {
  readonly 'fail-on': Severity | 'never';
  readonly baseline: 'all' | 'new-only';
  readonly branch?: string | undefined;
  readonly 'allow-empty': boolean;
}
