import type { KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { CompositeRuns, DockerRuns, NodeRuns } from '#shared/plugins/manifest.ts';
import type { ActionRun } from './action-run.ts';
import { runComposite } from './run-composite.ts';
import { runDockerAction } from './run-docker.ts';
import { runNodeAction } from './run-node.ts';

/**
 * Runs an action as its manifest says.
 * @param depth how deep it is used by other actions
 * @throws AppError `usage` for a needed input that is missing
 */
export function runAction(action: ActionRun, depth = 1): Promise<KindResult> {
  const { content, inputs, name } = action;
  for (const [key, input] of Object.entries(content.manifest.inputs)) {
    if (input?.required !== true || inputs[key] !== undefined) continue;
    throw new AppError('usage', `plugin:${name} needs ${key}: ${input.description ?? 'it has no default'}.`, {
      hint: `Write it below \`with\`.`,
    });
  }
  const { runs } = content.manifest;
  if (runs.using === 'composite') return runComposite(action, runs as CompositeRuns, depth, runAction);
  if (runs.using === 'docker') return runDockerAction(action, runs as DockerRuns);
  return runNodeAction(action, runs as NodeRuns);
}
