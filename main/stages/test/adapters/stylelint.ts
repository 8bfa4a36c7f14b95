import { z } from 'zod';
import { asOperand } from '../findings/batches.ts';
import { endsWith } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { readJson } from './json.ts';
import { hasFile, projectFile } from './project-file.ts';
import type { StyleTool } from './style-tool.ts';

const CONFIGS = [
  '.stylelintrc',
  ...['json', 'yaml', 'yml', 'js', 'mjs', 'cjs'].map((ending) => `.stylelintrc.${ending}`),
  ...['js', 'mjs', 'cjs', 'ts'].map((ending) => `stylelint.config.${ending}`),
];

export const STYLELINT: StyleTool = {
  takes: endsWith('css', 'scss', 'sass', 'less', 'pcss'),
  adapter: {
    tool: {
      name: 'stylelint',
      bins: ['stylelint'],
      install: 'npm install --save-dev stylelint',
      minVersion: '16.0',
      isNodePackage: true,
    },
    fits: async (context) =>
      (await hasFile(context, ...CONFIGS)) ||
      /"stylelint"\s*:\s*\{/.test((await projectFile(context, 'package.json')) ?? ''),
    argv: ({ files, args }, { scratch }) => [
      '--formatter=json',
      `--output-file=${scratch}/stylelint.json`,
      '--allow-empty-input',
      ...args,
      ...files.map(asOperand),
    ],
    exit: { 0: 'clean', 2: 'findings' },
    reports: [{ from: { file: 'stylelint.json' }, format: readStylelint }],
  },
  fix: ({ files, args }) => ['--fix', '--allow-empty-input', ...args, ...files.map(asOperand)],
};

const reportSchema = z.array(
  z.object({
    source: z.string().nullish(),
    ignored: z.boolean().optional(),
    warnings: z.array(
      z.object({
        line: z.number().optional(),
        column: z.number().optional(),
        endLine: z.number().optional(),
        endColumn: z.number().optional(),
        rule: z.string(),
        severity: z.string(),
        text: z.string(),
      }),
    ),
  }),
);

export function readStylelint(text: string): ReturnType<typeof asFindings> {
  const results = readJson(text, reportSchema).filter(({ ignored }) => ignored !== true);
  return asFindings(
    'stylelint',
    results.flatMap(({ source, warnings }) =>
      warnings.map((one) => ({
        ...one,
        ruleId: one.rule,
        severity: one.severity === 'error' ? ('medium' as const) : ('low' as const),
        message: one.text,
        file: source ?? null,
      })),
    ),
    {
      checked: results.length,
      rules: results.flatMap(({ warnings }) =>
        warnings
          .filter(({ rule }) => /^[a-z-]+$/.test(rule))
          .map(({ rule }) => ({ id: rule, helpUri: `https://stylelint.io/user-guide/rules/${rule}` })),
      ),
    },
  );
}
