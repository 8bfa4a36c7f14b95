import { z } from 'zod';
import type { Tool } from '../../tools/tool.ts';
import { asOperand } from '../findings/batches.ts';
import { endsWith, isScript } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { readJson } from './json.ts';
import { hasFile } from './project-file.ts';
import type { StyleTool } from './style-tool.ts';

export const ESLINT_TOOL: Tool = {
  name: 'eslint',
  bins: ['eslint'],
  install: 'npm install --save-dev eslint',
  minVersion: '9.0',
  isNodePackage: true,
};

const CONFIGS = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ending) => `eslint.config.${ending}`);
const isComponent = endsWith('vue', 'svelte', 'astro');

export const ESLINT: StyleTool = {
  takes: (file) => isScript(file) || isComponent(file),
  adapter: {
    tool: ESLINT_TOOL,
    fits: (context) => hasFile(context, ...CONFIGS),
    // Its own JSON rather than its SARIF: it needs no package beside it, and tells which files it ignored.
    argv: ({ files, args }) => ['--format=json-with-metadata', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: readEslint }],
  },
  fix: ({ files, args }) => ['--fix', ...args, ...files.map(asOperand)],
};

const messageSchema = z.object({
  ruleId: z.string().nullable(),
  fatal: z.boolean().optional(),
  severity: z.number(),
  message: z.string(),
  line: z.number().optional(),
  column: z.number().optional(),
  endLine: z.number().nullish(),
  endColumn: z.number().nullish(),
});

const resultsSchema = z.array(z.object({ filePath: z.string(), messages: z.array(messageSchema) }));

const reportSchema = z.object({
  results: resultsSchema,
  metadata: z.object({
    rulesMeta: z.record(
      z.string(),
      z.object({
        docs: z.object({ description: z.string().optional(), url: z.string().optional() }).optional(),
      }),
    ),
  }),
});

/** A message without a rule and without a place says that the file was not looked at, as the configuration leaves it out. */
const isIgnored = (messages: readonly z.output<typeof messageSchema>[]): boolean =>
  messages.length === 1 &&
  messages[0]?.ruleId === null &&
  messages[0].fatal !== true &&
  messages[0].line === undefined;

export function readEslint(text: string): ReturnType<typeof asFindings> {
  const { results, metadata } = readJson(text, reportSchema);
  const looked = results.filter(({ messages }) => !isIgnored(messages));
  return asFindings(
    'eslint',
    looked.flatMap(({ filePath, messages }) =>
      messages.map((one) => ({
        ...one,
        ruleId: one.ruleId ?? (one.fatal === true ? 'parse-error' : 'eslint'),
        severity: one.severity === 2 ? ('medium' as const) : ('low' as const),
        file: filePath,
        endLine: one.endLine ?? null,
        endColumn: one.endColumn ?? null,
      })),
    ),
    {
      checked: looked.length,
      rules: Object.entries(metadata.rulesMeta).map(([id, { docs }]) => ({
        id,
        title: docs?.description ?? null,
        helpUri: docs?.url ?? null,
      })),
    },
  );
}
