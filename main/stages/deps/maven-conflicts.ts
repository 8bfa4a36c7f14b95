import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Finding } from '#shared/reports/findings.ts';
import { requireTool } from '../tools/require-tool.ts';
import { MVN } from './managers/read-graph.ts';
import { readConvergence } from './managers/maven-convergence.ts';

/** Pinned: what it prints is read. */
const ENFORCE = 'org.apache.maven.plugins:maven-enforcer-plugin:3.5.0:enforce';

/** Packages that Maven's enforcer finds in several versions. @throws AppError `tool-missing`, `kind-failed` */
export async function mavenConflicts(context: KindContext): Promise<readonly Finding[]> {
  const mvn = await requireTool(context, [MVN], 'look for conflicts');
  const exit = await context.exec({
    argv: [...mvn.command, '--batch-mode', ENFORCE, '-Drules=dependencyConvergence'],
  });
  const { hasRun, conflicts } = readConvergence(`${exit.stdout}\n${exit.stderr}`);
  // It ends with 1 for a conflict, and for a network that is away.
  const isJudged = exit.outcome.type === 'succeeded' ? hasRun : conflicts.length > 0;
  if (isJudged) return conflicts;
  const error = exit.stdout.split('\n').find((line) => line.startsWith('[ERROR] '));
  const said = error?.slice('[ERROR] '.length).trim().slice(0, 300) ?? 'it did not say why';
  throw new AppError('kind-failed', `mvn could not look for conflicts: ${said.replace(/\.$/, '')}.`, {
    hint: 'Look at the log of the stage; the enforcer plugin must be there, or a repository that has it.',
  });
}
