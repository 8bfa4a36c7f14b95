import { createHash } from 'node:crypto';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { LockedPlugin } from '#shared/plugins/lock.ts';
import type { DockerRuns } from '#shared/plugins/manifest.ts';
import { requireTool } from '../tools/require-tool.ts';
import { githubVariables, inputVariables } from './action-environment.ts';
import { type ActionFolder, makeActionFolder } from './action-folder.ts';
import { launching, passVariables } from './odd-variables.ts';
import type { ActionRun } from './action-run.ts';
import { explained } from './run-node.ts';
import { createWorkflowCommands } from './workflow-commands.ts';

const DOCKER = {
  name: 'docker',
  bins: ['docker', 'podman'],
  install: 'install Docker or Podman and start it',
} as const;

/** Where a container of an action finds things. @see GitHub Actions, "Dockerfile support" */
const SEEN = { workspace: '/github/workspace', files: '/github/file_commands' } as const;

/** Runs an action in a container of its own: it sees the workspace and its command files, and nothing else. */
export async function runDockerAction(action: ActionRun, runs: DockerRuns): Promise<KindResult> {
  const { context, content, inputs, name, plugin } = action;
  refuseElsewhere(name, context);
  const folder = await makeActionFolder(context, content.dir);
  try {
    const image = await imageOf(action, runs, folder);
    const contexts = { inputs, env: context.env };
    const own = Object.entries(runs.env ?? {}).map(([key, value]) => [key, interpolate(value, contexts)]);
    const env: Record<string, string> = {
      ...githubVariables(context),
      ...inputVariables(inputs),
      ...(Object.fromEntries(own) as Record<string, string>),
      GITHUB_WORKSPACE: SEEN.workspace,
    };
    const args = (runs.args ?? []).map((arg) => interpolate(arg, contexts));
    const entrypoint = runs.entrypoint === undefined ? [] : ['--entrypoint', runs.entrypoint];
    return await runContainer({ name, plugin, context, folder, image, env, options: entrypoint, args });
  } finally {
    await folder.remove();
  }
}

/** The container is started by this machine's engine, so the stage must be here. */
export function refuseElsewhere(name: string, { runsHere }: KindContext): void {
  if (runsHere) return;
  throw new AppError(
    'usage',
    `plugin:${name} runs in a container of its own, which the stage's place has no engine for.`,
    {
      hint: 'Leave `container` and `runs-on` out of the stage.',
    },
  );
}

async function imageOf(
  { context, content, name }: ActionRun,
  { image }: DockerRuns,
  folder: ActionFolder,
): Promise<string> {
  if (image.startsWith('docker://')) return image.slice('docker://'.length);
  const { command } = await requireTool(context, [DOCKER], 'run the plugin');
  const digest = createHash('sha256').update(content.dir).digest('hex').slice(0, 20);
  const tag = `pipewright-plugin:${digest}`;
  const { separator } = context.paths;
  const file = `${folder.seenContent}${separator}${image.replaceAll('/', separator)}`;
  const built = await context.exec({
    argv: [command[0], 'build', '--quiet', '--tag', tag, '--file', file, folder.seenContent],
  });
  if (built.outcome.type === 'succeeded') return tag;
  throw new AppError('image-build-failed', `The image of plugin:${name} could not be built.`, {
    hint: 'The log says where its Dockerfile stopped.',
  });
}

export interface PluginContainer {
  readonly name: string;
  readonly plugin: LockedPlugin;
  readonly context: KindContext;
  readonly folder: ActionFolder;
  readonly image: string;
  /** All that it gets; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly options: readonly string[];
  readonly args: readonly string[];
}

/**
 * Runs a container with the least that it needs: no network unless that was allowed, no capability, nothing to write but
 * the workspace and `/tmp`, the user of this machine. Values go by the environment of the client, never in its arguments.
 */
export async function runContainer(request: PluginContainer): Promise<KindResult> {
  const { name, plugin, context, folder, image, env, options, args } = request;
  const { command } = await requireTool(context, [DOCKER], 'run the plugin');
  await folder.makeFiles();
  const { separator } = context.paths;
  const variables: Record<string, string> = { ...env, ...fileVariables(), CI: 'true' };
  const commands = createWorkflowCommands(name, context);
  const user =
    process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid?.() ?? 0}`];
  const passed = await passVariables(folder, variables, separator);
  const exit = await context.exec({
    argv: [
      process.execPath,
      ...launching(passed),
      command[0],
      'run',
      '--rm',
      '--network',
      plugin.permissions.network ? 'bridge' : 'none',
      '--read-only',
      '--tmpfs',
      '/tmp',
      '--cap-drop',
      'ALL',
      '--security-opt',
      'no-new-privileges',
      ...user,
      '--volume',
      `${context.seen.cwd}:${SEEN.workspace}`,
      '--volume',
      `${folder.seen}:${SEEN.files}`,
      '--workdir',
      SEEN.workspace,
      ...Object.keys(variables).flatMap((key) => ['--env', key]),
      ...options,
      image,
      ...args,
    ],
    env: { ...passed.env, ELECTRON_RUN_AS_NODE: '1' },
    filter: (line) => commands.filter(line),
  });
  for (const [key, value] of Object.entries(await folder.values('env'))) context.setEnv(key, value);
  const findings = commands.findings();
  return {
    outcome: explained(exit),
    outputs: await folder.values('output'),
    summary: await folder.text('summary'),
    ...(findings !== null && { reports: [{ type: 'findings', report: findings }] }),
  };
}

const fileVariables = (): Record<string, string> => ({
  GITHUB_OUTPUT: `${SEEN.files}/output`,
  GITHUB_ENV: `${SEEN.files}/env`,
  GITHUB_PATH: `${SEEN.files}/path`,
  GITHUB_STATE: `${SEEN.files}/state`,
  GITHUB_STEP_SUMMARY: `${SEEN.files}/summary`,
});
