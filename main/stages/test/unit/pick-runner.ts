import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { findTool, type FoundTool } from '../../tools/find-tool.ts';
import { missingTool } from '../../tools/require-tool.ts';
import type { ProjectFacts } from './project-facts.ts';
import type { Runner } from './runner.ts';
import { fittingRunners, RUNNER_NAMES, RUNNERS } from './runners.ts';

export interface PickedRunner {
  readonly runner: Runner;
  readonly found: FoundTool;
}

const PURPOSE = 'run the tests';

/**
 * The runner of the project's tests.
 * @param named the setting
 * @throws AppError `kind-failed` when nothing tells which, `tool-missing` when it is not installed
 */
export async function pickRunner(
  context: KindContext,
  facts: ProjectFacts,
  named: string | undefined,
): Promise<PickedRunner> {
  const fitting: readonly Runner[] | null =
    named === undefined ? fittingRunners(facts) : RUNNERS.filter(({ tool }) => tool.name === named);
  const [first, ...others] = fitting ?? [];
  if (first === undefined) {
    throw new AppError(
      'kind-failed',
      `Nothing in the folder of ${context.stage} tells how its tests are run.`,
      {
        hint: `Say which in \`runner\` (${RUNNER_NAMES.join(', ')}), or give a \`command\`.`,
      },
    );
  }
  for (const runner of [first, ...others]) {
    const found = wrapperOf(context, facts, runner) ?? (await findTool(context, runner.tool));
    if (found !== null) return { runner, found };
  }
  throw missingTool([first.tool, ...others.map(({ tool }) => tool)], PURPOSE);
}

function wrapperOf(
  { paths }: KindContext,
  { names }: ProjectFacts,
  { tool, wrapper }: Runner,
): FoundTool | null {
  if (wrapper === undefined) return null;
  const name = paths.separator === '\\' ? wrapper.onWindows : wrapper.name;
  return names.has(name) ? { tool, command: [`.${paths.separator}${name}`], where: 'the project' } : null;
}

/** How coverage can be measured: what is put before the runner's command. */
export interface CoverageWay {
  readonly wrapping: FoundTool | null;
}

/** Null: it cannot be, and `missing` says what would help. */
export async function findCoverageWay(
  context: KindContext,
  { runner, found }: PickedRunner,
): Promise<{ readonly way: CoverageWay | null; readonly missing: string }> {
  const { coverage } = runner;
  const { name } = runner.tool;
  if (coverage === null)
    return { way: null, missing: `${name} is not known to measure it; give a \`command\` that does` };
  const { needs } = coverage;
  if (needs === undefined) return { way: { wrapping: null }, missing: '' };
  if ('packages' in needs) {
    const isThere = await hasPackage(context, needs.packages);
    return {
      way: isThere ? { wrapping: null } : null,
      missing: `npm install --save-dev ${needs.packages[0] ?? ''}`,
    };
  }
  if ('help' in needs) {
    const { stdout } = await context.exec({ argv: [...found.command, '--help'], silent: 'both' });
    return { way: stdout.includes(needs.help) ? { wrapping: null } : null, missing: needs.install };
  }
  const wrapping = await findTool(context, needs.wrapping);
  return { way: wrapping && { wrapping }, missing: needs.wrapping.install };
}

/** Whether one of the packages is installed for the folder or one around it, up to the workspace. */
async function hasPackage({ cwd, workspace }: KindContext, names: readonly string[]): Promise<boolean> {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    for (const name of names) {
      const found = await stat(path.join(folder, 'node_modules', name)).catch(() => null);
      if (found?.isDirectory() === true) return true;
    }
    if (path.relative(workspace, folder) === '' || folder === path.dirname(folder)) return false;
  }
}
