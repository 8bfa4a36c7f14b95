import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { encodeStage } from './encode-stage.ts';
import { findRepository } from './repository.ts';

export interface WorkspaceOf {
  readonly runId: RunId;
  readonly plan: Pick<Plan, 'workspace'>;
  readonly stage: StageId;
  readonly attempt: number;
  readonly projectDir: string;
}

/** The folder in which an attempt worked, as `createWorkspaces` made it; null when it is gone. Changes nothing. */
export async function findWorkspace(
  dataDir: string,
  { runId, plan, stage, attempt, projectDir }: WorkspaceOf,
  signal: AbortSignal,
): Promise<string | null> {
  if (plan.workspace === 'in-place') return existing(path.resolve(projectDir));
  const runDir = path.resolve(dataDir, 'runs', runId);
  const repo = path.join(runDir, 'repo');
  const isPart = existsSync(repo);
  const prefix = isPart ? ((await findRepository(projectDir, signal))?.prefix ?? '') : '';
  if (plan.workspace === 'isolated')
    return existing(path.join(runDir, 'workspaces', encodeStage(stage), String(attempt), prefix));
  return existing(isPart ? path.join(repo, prefix) : path.join(runDir, 'workspace'));
}

const existing = (folder: string): string | null => (existsSync(folder) ? folder : null);
