import { z } from 'zod';
import type { Severity } from '#shared/reports/severity.ts';
import { asOperand } from '../findings/batches.ts';
import { endsWith, type FilesToCheck, type FileTool } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { readJson } from './json.ts';

const reportSchema = z.object({
  comments: z.array(
    z.object({
      file: z.string(),
      line: z.number(),
      endLine: z.number(),
      column: z.number(),
      endColumn: z.number(),
      level: z.string(),
      code: z.number(),
      message: z.string(),
    }),
  ),
});

const SEVERITY: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', info: 'low' };

export const SHELLCHECK: FileTool<FilesToCheck> = {
  takes: endsWith('sh', 'bash', 'ksh', 'dash', 'bats'),
  adapter: {
    tool: { name: 'shellcheck', bins: ['shellcheck'], install: 'apt install shellcheck' },
    argv: ({ files, args }) => ['--format=json1', ...args, '--', ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: readShellcheck }],
    checked: () => null,
  },
};

export function readShellcheck(text: string): ReturnType<typeof asFindings> {
  const { comments } = readJson(text, reportSchema);
  return asFindings(
    'shellcheck',
    comments.map((one) => ({
      ...one,
      ruleId: `SC${one.code}`,
      severity: SEVERITY[one.level] ?? ('info' as const),
    })),
    {
      rules: comments.map(({ code }) => ({
        id: `SC${code}`,
        helpUri: `https://www.shellcheck.net/wiki/SC${code}`,
      })),
    },
  );
}
