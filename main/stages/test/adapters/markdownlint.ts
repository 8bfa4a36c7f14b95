import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { asOperand } from '../findings/batches.ts';
import { endsWith } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import type { DocsTool } from './docs-tool.ts';
import { readJson } from './json.ts';

/** Its words for people have no fixed form, so it is given a formatter that writes what it found as it is. */
const FORMATTER = `export default ({ results, logMessage }) => logMessage(JSON.stringify(results));\n`;

export const MARKDOWNLINT: DocsTool = {
  takes: endsWith('md', 'markdown'),
  adapter: {
    tool: {
      name: 'markdownlint-cli2',
      bins: ['markdownlint-cli2'],
      install: 'npm install --save-dev markdownlint-cli2',
      isNodePackage: true,
    },
    prepare: async (_settings, { scratch, context }) => {
      await writeFile(path.join(scratch.dir, 'formatter.mjs'), FORMATTER);
      const formatter = [scratch.seen, 'formatter.mjs'].join(context.paths.separator);
      const config = { outputFormatters: [[formatter]], noBanner: true, noProgress: true };
      await writeFile(path.join(scratch.dir, '.markdownlint-cli2.jsonc'), JSON.stringify(config));
    },
    // A `:` takes a name as it is. The project's own configuration goes over that of the command.
    argv: ({ files, args }, { scratch, context }) => [
      '--config',
      [scratch, '.markdownlint-cli2.jsonc'].join(context.paths.separator),
      ...args,
      ...files.map((file) => `:${asOperand(file)}`),
    ],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: readMarkdownlint, mayBeEmpty: true }],
    checked: () => null,
  },
};

const reportSchema = z.array(
  z.object({
    fileName: z.string(),
    lineNumber: z.number(),
    ruleNames: z.array(z.string()).min(1),
    ruleDescription: z.string(),
    ruleInformation: z.string().nullish(),
    errorDetail: z.string().nullish(),
    errorRange: z.tuple([z.number(), z.number()]).nullish(),
    severity: z.string().optional(),
  }),
);

export function readMarkdownlint(text: string): ReturnType<typeof asFindings> {
  const all = text.trim() === '' ? [] : readJson(text, reportSchema);
  return asFindings(
    'markdownlint-cli2',
    all.map((one) => ({
      ruleId: one.ruleNames[0] ?? '',
      severity: one.severity === 'warning' ? ('low' as const) : ('medium' as const),
      message: one.errorDetail ? `${one.ruleDescription} (${one.errorDetail})` : one.ruleDescription,
      file: one.fileName,
      line: one.lineNumber,
      column: one.errorRange?.[0] ?? null,
    })),
    {
      rules: all.map((one) => ({
        id: one.ruleNames[0] ?? '',
        title: one.ruleDescription,
        helpUri: one.ruleInformation ?? null,
      })),
    },
  );
}
