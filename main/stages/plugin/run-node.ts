import type { KindContext, KindResult, ToolExit } from '#main/engine/kind-ports.ts';
import { type ConditionStatus, evaluateCondition } from '#shared/expressions/evaluate-condition.ts';
import type { NodeRuns } from '#shared/plugins/manifest.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { githubVariables, inputVariables, missingServiceHint } from './action-environment.ts';
import { type ActionFolder, makeActionFolder } from './action-folder.ts';
import { passVariables } from './odd-variables.ts';
import type { ActionRun } from './action-run.ts';
import { createWorkflowCommands } from './workflow-commands.ts';

/** Runs a JavaScript action: `pre`, `main`, and `post` when the stage's steps are over. */
export async function runNodeAction(action: ActionRun, runs: NodeRuns): Promise<KindResult> {
  const { context, content, name } = action;
  const folder = await makeActionFolder(context, content.dir);
  const commands = createWorkflowCommands(name, context);
  const before = await folder.makeFiles();
  const run = async (inside: KindContext, script: string): Promise<ToolExit> => {
    const { separator } = context.paths;
    const state = await folder.values('state');
    const files = script === runs.post ? await folder.makeFiles('post-') : before;
    const variables = { ...environmentOf(action, folder), ...stateVariables(state), ...files };
    const { nodeOptions, env } = await passVariables(folder, variables, separator);
    const file = `${folder.seenContent}${separator}${script.replaceAll('/', separator)}`;
    return inside.exec({
      argv: [nodeProgram(context), ...nodeOptions, file],
      env,
      without: Object.keys(context.secrets),
      filter: (line) => commands.filter(line),
    });
  };
  context.onCleanup(async (inside, status) => {
    try {
      if (runs.post !== undefined && holds(runs['post-if'], status)) {
        const { exitCode } = await run(inside, runs.post);
        if (exitCode !== 0)
          await inside.say(`the post script of plugin:${name} ended with exit code ${exitCode}`);
      }
    } finally {
      await folder.remove();
    }
  });
  let exit: ToolExit | null = null;
  if (runs.pre !== undefined && holds(runs['pre-if'], BEFORE)) exit = await run(context, runs.pre);
  if (exit === null || exit.outcome.type === 'succeeded') exit = await run(context, runs.main);
  for (const [key, value] of Object.entries(await folder.values('env'))) context.setEnv(key, value);
  for (const dir of await folder.lines('path')) context.addPath(dir);
  const findings = commands.findings();
  return {
    outcome: explained(exit),
    outputs: await folder.values('output'),
    summary: await folder.text('summary'),
    ...(findings !== null && { reports: [{ type: 'findings', report: findings }] }),
  };
}

/** In the desktop this process is Electron's binary, which is a Node when it is told so. */
const nodeProgram = ({ runsHere }: KindContext): string => (runsHere ? process.execPath : 'node');

function environmentOf({ context, inputs }: ActionRun, folder: ActionFolder): Record<string, string> {
  return {
    ...githubVariables(context),
    ...inputVariables(inputs),
    GITHUB_WORKSPACE: context.seen.cwd,
    GITHUB_ACTION_PATH: folder.seenContent,
    RUNNER_TEMP: folder.seen,
    RUNNER_OS: { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux',
    ...(context.runsHere && { ELECTRON_RUN_AS_NODE: '1' }),
  };
}

const stateVariables = (state: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(state).map(([key, value]) => [`STATE_${key}`, value]));

const BEFORE: ConditionStatus = { success: true, failure: false, cancelled: false };

/** `pre` and `post` run whatever became of the rest, unless they say otherwise. */
const holds = (condition: string | undefined, status: ConditionStatus): boolean =>
  condition === undefined || evaluateCondition(condition, {}, status).result;

export function explained({ outcome, stdout, stderr }: ToolExit): Outcome {
  if (outcome.type !== 'failed') return outcome;
  const hint = missingServiceHint(`${stdout}\n${stderr}`);
  if (hint === '') return outcome;
  return { ...outcome, message: `exit code ${outcome.exitCode ?? 'unknown'}.${hint}` };
}
