import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { asOperand } from '../findings/batches.ts';
import { type FilesToCheck, type FileTool, isScript } from '../findings/file-tool.ts';
import { keep } from './complexity-tools.ts';
import { ESLINT_TOOL } from './eslint.ts';
import { readJson } from './json.ts';
import type { Measured, MeasuredFunction } from './measured.ts';

const CONFIG = 'eslint.complexity.mjs';

/** A configuration that has one rule over every function; TypeScript is read by the project's parser, where it has one. */
const configText = (cwd: string): string => `
import { createRequire } from 'node:module';
const load = createRequire(${JSON.stringify(path.join(cwd, 'package.json'))});
let typed = {};
for (const name of ['@typescript-eslint/parser', 'typescript-eslint']) {
  try {
    const found = load(name);
    typed = { parser: found.parser ?? found };
    break;
  } catch {}
}
const rules = { complexity: ['warn', 0] };
const linterOptions = { noInlineConfig: true, reportUnusedDisableDirectives: 'off' };
const parserOptions = { ecmaFeatures: { jsx: true } };
export default [
  { files: ['**/*.{js,mjs,cjs,jsx}'], rules, linterOptions, languageOptions: { parserOptions } },
  { files: ['**/*.{ts,mts,cts,tsx}'], rules, linterOptions, languageOptions: { ...typed, parserOptions } },
];
`;

/** ESLint's rule with a limit of 0 tells the complexity of every function. */
export const eslintComplexity = (measured: Measured): FileTool<FilesToCheck> => ({
  takes: isScript,
  insteadOf: 'complexity of JavaScript',
  adapter: {
    tool: ESLINT_TOOL,
    prepare: (_settings, { context, scratch }) =>
      writeFile(path.join(scratch.dir, CONFIG), configText(context.seen.cwd)),
    argv: ({ files, args }, { scratch, context }) => [
      '--config',
      [scratch, CONFIG].join(context.paths.separator),
      '--format=json',
      ...args,
      ...files.map(asOperand),
    ],
    exit: { 0: 'clean', 1: 'clean' },
    reports: [{ from: 'stdout', format: (text) => readEslintComplexity(measured, text) }],
    checked: () => null,
  },
});

const reportSchema = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(
      z.object({
        ruleId: z.string().nullable(),
        fatal: z.boolean().optional(),
        message: z.string(),
        line: z.number().optional(),
      }),
    ),
  }),
);

export function readEslintComplexity(measured: Measured, text: string): readonly NormalForm[] {
  const functions: MeasuredFunction[] = [];
  for (const { filePath: file, messages } of readJson(text, reportSchema)) {
    for (const { ruleId, fatal, message, line } of messages) {
      if (fatal === true) measured.unread.push(file);
      const [, name, complexity] = /^(.*) has a complexity of (\d+)\./.exec(message) ?? [];
      if (ruleId !== 'complexity' || name === undefined) continue;
      functions.push({ file, name, line: line ?? 1, complexity: Number(complexity) });
    }
  }
  return keep(measured, 'eslint', functions);
}
