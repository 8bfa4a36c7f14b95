import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { LockedPlugin } from '#shared/plugins/lock.ts';
import type { CompositeRuns, DockerRuns, NodeRuns } from '#shared/plugins/manifest.ts';
import type { ActionInputs } from './action-environment.ts';
import type { PluginContent, PluginContents } from './plugin-content.ts';
import { runComposite } from './run-composite.ts';
import { runDockerAction } from './run-docker.ts';
import { runNodeAction } from './run-node.ts';

/** An action that is about to run. */
export interface ActionRun {
  readonly name: string;
  readonly plugin: LockedPlugin;
  readonly content: PluginContent;
  readonly inputs: ActionInputs;
  readonly context: KindContext;
  readonly plugins: PluginContents;
  readonly projectDir: string;
}

/** Runs an action as its manifest says. @throws AppError `usage` for a needed input that is missing */
export function runAction(action: ActionRun): Promise<KindResult> {
  const { content, inputs, name } = action;
  for (const [key, input] of Object.entries(content.manifest.inputs)) {
    if (input?.required !== true || inputs[key] !== undefined) continue;
    throw new AppError('usage', `plugin:${name} needs ${key}: ${input.description ?? 'it has no default'}.`, {
      hint: `Write it below \`with\`.`,
    });
  }
  const { runs } = content.manifest;
  if (runs.using === 'composite') return runComposite(action, runs as CompositeRuns);
  if (runs.using === 'docker') return runDockerAction(action, runs as DockerRuns);
  return runNodeAction(action, runs as NodeRuns);
}
