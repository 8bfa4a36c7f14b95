import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import type { LockedPlugin } from '#shared/plugins/lock.ts';
import { githubVariables } from './action-environment.ts';
import { makeActionFolder } from './action-folder.ts';
import { refuseElsewhere, runContainer } from './run-docker.ts';

/** Runs an image whose settings are `PLUGIN_*`, as those for Drone and Woodpecker are; its exit code is its verdict. */
export async function runPluginImage(
  name: string,
  plugin: LockedPlugin,
  image: string,
  settings: Readonly<Record<string, unknown>>,
  context: KindContext,
): Promise<KindResult> {
  refuseElsewhere(name, context);
  const folder = await makeActionFolder(context, context.workspace);
  try {
    const facts = githubVariables(context);
    const env = {
      ...pluginVariables(settings),
      CI_COMMIT_SHA: facts['GITHUB_SHA'] ?? '',
      CI_COMMIT_BRANCH: facts['GITHUB_REF_NAME'] ?? '',
      CI_PIPELINE_NUMBER: facts['GITHUB_RUN_NUMBER'] ?? '',
      CI_WORKSPACE: '/github/workspace',
    };
    return await runContainer({ name, plugin, context, folder, image, env, options: [], args: [] });
  } finally {
    await folder.remove();
  }
}

/**
 * `dry-run: true` -> `PLUGIN_DRY_RUN=true`; a list of plain values is joined by commas, anything nested is JSON.
 * @see Woodpecker CI, "Creating plugins"
 */
export function pluginVariables(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `PLUGIN_${key.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`,
      settingText(value),
    ]),
  );
}

function settingText(value: unknown): string {
  if (typeof value === 'string') return value;
  const isFlat = Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
  return isFlat ? value.map((item) => settingText(item)).join(',') : JSON.stringify(value ?? '');
}
