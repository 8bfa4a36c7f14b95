import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { asOperand } from '../findings/batches.ts';
import { endsWith, type FilesToCheck, type FileTool } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { readJson } from './json.ts';
import type { Measured } from './measured.ts';

const isCode = endsWith(
  ...['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'svelte', 'css', 'scss', 'less', 'html'],
  ...[
    'c',
    'h',
    'cc',
    'cpp',
    'cxx',
    'hpp',
    'cs',
    'java',
    'kt',
    'go',
    'rs',
    'swift',
    'py',
    'rb',
    'php',
    'scala',
    'sh',
  ],
);

const jscpdSchema = z.object({
  statistics: z.object({ total: z.object({ percentage: z.number(), lines: z.number() }) }),
  duplicates: z.array(
    z.object({
      lines: z.number(),
      firstFile: z.object({ name: z.string(), start: z.number(), end: z.number() }),
      secondFile: z.object({ name: z.string(), start: z.number(), end: z.number() }),
    }),
  ),
});

/** jscpd: the same lines in two places. */
export const jscpd = (measured: Measured): FileTool<FilesToCheck> => ({
  takes: isCode,
  allAtOnce: true,
  adapter: {
    tool: {
      name: 'jscpd',
      bins: ['jscpd'],
      install: 'npm install --save-dev jscpd@4',
      isNodePackage: true,
    },
    prepare: ({ files }, { context, scratch }) => {
      const own = files.map((file) => [context.seen.cwd, ...file.split('/')].join(context.paths.separator));
      const config = {
        path: own,
        reporters: ['json'],
        output: scratch.seen,
        silent: true,
        maxSize: '1mb',
        maxLines: 20_000,
      };
      return writeFile(path.join(scratch.dir, 'jscpd.json'), JSON.stringify({ ...config, absolute: true }));
    },
    argv: ({ args }, { scratch, context }) => [
      '--config',
      [scratch, 'jscpd.json'].join(context.paths.separator),
      '--no-gitignore',
      ...args,
    ],
    exit: { 0: 'clean' },
    reports: [{ from: { file: 'jscpd-report.json' }, format: (text) => readJscpd(measured, text) }],
    checked: () => null,
  },
});

export function readJscpd(measured: Measured, text: string): ReturnType<typeof asFindings> {
  const { statistics, duplicates } = readJson(text, jscpdSchema);
  measured.duplication = statistics.total.percentage;
  return asFindings(
    'jscpd',
    duplicates.map(({ lines, firstFile, secondFile }) => ({
      ruleId: 'duplication',
      severity: 'low' as const,
      message: `${lines} lines are the same as those of ${path.posix.basename(secondFile.name)} from line ${secondFile.start} on.`,
      file: firstFile.name,
      line: firstFile.start,
      endLine: firstFile.end,
    })),
  );
}

const languageSchema = z.object({ nFiles: z.number(), comment: z.number(), code: z.number() });

/** cloc: lines of code, by language. */
export const cloc = (measured: Measured): FileTool<FilesToCheck> => ({
  takes: isCode,
  adapter: {
    tool: { name: 'cloc', bins: ['cloc'], install: 'apt install cloc' },
    argv: ({ files, args }) => ['--json', '--quiet', '--skip-uniqueness', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean' },
    reports: [{ from: 'stdout', mayBeEmpty: true, format: (text) => readCloc(measured, text) }],
    // Of empty files alone it says nothing, and neither does one that did nothing.
    checked: (_reports, { stdout }) => (stdout.trim() === '' ? 0 : null),
  },
});

/** Adds to what was counted before. */
export function readCloc(measured: Measured, text: string): readonly [] {
  const size = new Map(measured.size ?? []);
  const languages = text.trim() === '' ? {} : readJson(text, z.record(z.string(), z.unknown()));
  for (const [name, value] of Object.entries(languages)) {
    if (name === 'header' || name === 'SUM') continue;
    const { nFiles, comment, code } = languageSchema.parse(value);
    const before = size.get(name) ?? { files: 0, code: 0, comments: 0 };
    size.set(name, {
      files: before.files + nFiles,
      code: before.code + code,
      comments: before.comments + comment,
    });
  }
  measured.size = size;
  return [];
}
