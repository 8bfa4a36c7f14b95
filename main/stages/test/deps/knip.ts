import { z } from 'zod';
import type { ToolAdapter } from '../../tools/tool-adapter.ts';
import { readJson } from '../adapters/json.ts';
import { asFindings, type FoundProblem } from '../findings/make-report.ts';

/** Dependencies that nothing uses, and those that are used and not named. */
export const KNIP: ToolAdapter<{ readonly args: readonly string[] }> = {
  tool: { name: 'knip', bins: ['knip'], install: 'npm install --save-dev knip', isNodePackage: true },
  argv: ({ args }) => ['--reporter=json', '--no-progress', '--include=dependencies,unlisted', ...args],
  exit: { 0: 'clean', 1: 'findings' },
  reports: [{ from: 'stdout', format: readKnip }],
  checked: () => null,
};

const named = z
  .array(z.object({ name: z.string(), line: z.number().optional(), col: z.number().optional() }))
  .default([]);
const reportSchema = z.object({
  issues: z.array(
    z.object({ file: z.string(), dependencies: named, devDependencies: named, unlisted: named }),
  ),
});

export function readKnip(text: string): ReturnType<typeof asFindings> {
  const problems = readJson(text, reportSchema).issues.flatMap((issue): FoundProblem[] => [
    ...[...issue.dependencies, ...issue.devDependencies].map(({ name, line, col }) => ({
      ruleId: 'unused',
      severity: 'medium' as const,
      message: `${name} is a dependency, and nothing uses it.`,
      file: issue.file,
      line: line ?? null,
      column: col ?? null,
      package: name,
    })),
    ...issue.unlisted.map(({ name, line, col }) => ({
      ruleId: 'unlisted',
      severity: 'medium' as const,
      message: `${name} is used, and is no dependency.`,
      file: issue.file,
      line: line ?? null,
      column: col ?? null,
      package: name,
    })),
  ]);
  return asFindings('knip', problems);
}
