import { z } from 'zod';
import type { Severity } from '#shared/reports/severity.ts';
import { asOperand } from '../findings/batches.ts';
import type { FilesToCheck, FileTool } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { readJson } from './json.ts';

const reportSchema = z.array(
  z.object({
    file: z.string(),
    line: z.number(),
    column: z.number(),
    level: z.string(),
    code: z.string(),
    message: z.string(),
  }),
);

const SEVERITY: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', info: 'low' };

export const HADOLINT: FileTool<FilesToCheck> = {
  takes: (file) => /(^|\/)(Dockerfile|Containerfile)(\.[^/]+)?$|\.dockerfile$/i.test(file),
  adapter: {
    tool: { name: 'hadolint', bins: ['hadolint'], install: 'brew install hadolint' },
    argv: ({ files, args }) => ['--format', 'json', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: readHadolint }],
    checked: () => null,
  },
};

export function readHadolint(text: string): ReturnType<typeof asFindings> {
  const all = readJson(text, reportSchema);
  return asFindings(
    'hadolint',
    all.map((one) => ({ ...one, ruleId: one.code, severity: SEVERITY[one.level] ?? ('info' as const) })),
    {
      rules: all.map(({ code }) => ({
        id: code,
        helpUri: code.startsWith('SC')
          ? `https://www.shellcheck.net/wiki/${code}`
          : `https://github.com/hadolint/hadolint/wiki/${code}`,
      })),
    },
  );
}
