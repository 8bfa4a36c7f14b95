import { z } from 'zod';
import type { Severity } from '#shared/reports/severity.ts';
import { asOperand } from '../findings/batches.ts';
import { endsWith, type FilesToCheck, type FileTool } from '../findings/file-tool.ts';
import { asFindings } from '../findings/make-report.ts';
import { readJson } from './json.ts';

const reportSchema = z.object({
  errors: z.array(z.object({ filename: z.string(), reason: z.string() })),
  results: z.array(
    z.object({
      filename: z.string(),
      issue_severity: z.string(),
      issue_text: z.string(),
      line_number: z.number(),
      more_info: z.string().optional(),
      test_id: z.string(),
      test_name: z.string(),
    }),
  ),
});

const SEVERITY: Readonly<Record<string, Severity>> = { HIGH: 'high', MEDIUM: 'medium', LOW: 'low' };

export const BANDIT: FileTool<FilesToCheck> = {
  takes: endsWith('py'),
  adapter: {
    tool: { name: 'bandit', bins: ['bandit'], install: 'pipx install bandit' },
    argv: ({ files, args }) => ['--format', 'json', '--quiet', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: readBandit }],
    checked: () => null,
  },
};

/** A file that bandit cannot read is a finding: it was not looked at, and its exit code does not say so. */
export function readBandit(text: string): ReturnType<typeof asFindings> {
  const { errors, results } = readJson(text, reportSchema);
  return asFindings(
    'bandit',
    [
      ...errors.map(({ filename, reason }) => ({
        ruleId: 'unreadable',
        severity: 'high' as const,
        message: reason,
        file: filename,
      })),
      ...results.map((one) => ({
        ruleId: one.test_id,
        severity: SEVERITY[one.issue_severity] ?? 'info',
        message: one.issue_text,
        file: one.filename,
        line: one.line_number,
      })),
    ],
    {
      rules: results.map(({ test_id: id, test_name, more_info }) => ({
        id,
        title: test_name.replaceAll('_', ' '),
        helpUri: more_info ?? null,
      })),
    },
  );
}
