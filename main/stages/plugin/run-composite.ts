import path from 'node:path';
import type { KindResult, ToolExit } from '#main/engine/kind-ports.ts';
import { evaluateCondition } from '#shared/expressions/evaluate-condition.ts';
import { evaluateValue, interpolate } from '#shared/expressions/interpolate.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { CompositeRuns, CompositeStep } from '#shared/plugins/manifest.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import { githubVariables, inputsOf, textOf } from './action-environment.ts';
import { type ActionFolder, makeActionFolder } from './action-folder.ts';
import type { ActionRun } from './action-run.ts';
import { explained } from './run-node.ts';
import { createWorkflowCommands } from './workflow-commands.ts';

/** Actions that use each other in a circle would never end. */
const MAX_DEPTH = 10;

interface StepFacts {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly conclusion: string;
}

/** Runs an action that a step uses. */
type RunInner = (action: ActionRun, depth: number) => Promise<KindResult>;

/** Runs the steps of a composite action, one after the other, and hands on the outputs that it declares. */
export async function runComposite(
  action: ActionRun,
  runs: CompositeRuns,
  depth: number,
  runInner: RunInner,
): Promise<KindResult> {
  const { context, content, name } = action;
  const folder = await makeActionFolder(context, content.dir);
  const commands = createWorkflowCommands(name, context);
  const steps: Record<string, StepFacts> = {};
  const reports: NormalForm[] = [];
  const env: Record<string, string> = {};
  let outcome: Outcome = SUCCEEDED;
  try {
    for (const [index, step] of runs.steps.entries()) {
      const contexts = contextsOf(action, folder, steps, { ...context.env, ...env });
      const success = outcome.type === 'succeeded';
      const status = { success, failure: !success, cancelled: false };
      if (!evaluateCondition(step.if ?? 'success()', contexts, status).result) continue;
      const ended = await runStep({
        action,
        folder,
        step,
        index,
        contexts,
        env,
        depth,
        runInner,
        filter: (line) => commands.filter(line),
      });
      reports.push(...ended.reports);
      const isAllowed = step['continue-on-error'] === true;
      const { type } = ended.outcome;
      steps[step.id ?? `__${index}`] = {
        outputs: ended.outputs,
        outcome: wordOf(type),
        conclusion: isAllowed ? 'success' : wordOf(type),
      };
      if (success && !isAllowed) outcome = ended.outcome;
    }
    const contexts = contextsOf(action, folder, steps, { ...context.env, ...env });
    const outputs: Record<string, string> = {};
    for (const [key, output] of Object.entries(content.manifest.outputs)) {
      if (output?.value !== undefined) outputs[key] = interpolate(output.value, contexts);
    }
    const findings = commands.findings();
    if (findings !== null) reports.push({ type: 'findings', report: findings });
    return { outcome, outputs, reports };
  } finally {
    await folder.remove();
  }
}

const wordOf = (type: Outcome['type']): string => (type === 'succeeded' ? 'success' : 'failure');

interface StepRequest {
  readonly action: ActionRun;
  readonly folder: ActionFolder;
  readonly step: CompositeStep;
  readonly index: number;
  readonly contexts: Readonly<Record<string, unknown>>;
  /** What steps have set for those after them. */
  readonly env: Record<string, string>;
  readonly depth: number;
  readonly runInner: RunInner;
  readonly filter: (line: string) => string | null;
}

interface StepEnd {
  readonly outcome: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
  readonly reports: readonly NormalForm[];
}

async function runStep(request: StepRequest): Promise<StepEnd> {
  const { action, step } = request;
  const label = step.name ?? step.run?.trim().split('\n')[0] ?? step.uses ?? step.id ?? '';
  await action.context.say(`plugin:${action.name}: ${label}`);
  if (step.run !== undefined) return runScript(request, step.run);
  if (step.uses !== undefined) return runUsed(request, step.uses);
  throw new AppError(
    'plugin-invalid',
    `plugin:${action.name}: step ${request.index + 1} has neither run nor uses.`,
  );
}

async function runScript(request: StepRequest, script: string): Promise<StepEnd> {
  const { action, folder, step, index, contexts, env, filter } = request;
  const { context } = action;
  const files = await folder.makeFiles(`${index}-`);
  const own = Object.fromEntries(
    Object.entries(step.env ?? {}).map(([key, value]) => [key, interpolate(value, contexts)]),
  );
  const directory = step['working-directory'];
  const exit: ToolExit = await context.exec({
    script: interpolate(script, contexts),
    shell: step.shell ?? null,
    ...(directory !== undefined && { in: insideOf(action, interpolate(directory, contexts)) }),
    env: {
      ...env,
      ...githubVariables(context),
      ...own,
      GITHUB_WORKSPACE: context.seen.cwd,
      GITHUB_ACTION_PATH: folder.seenContent,
      ...files,
      RUNNER_TEMP: folder.seen,
    },
    without: Object.keys(context.secrets),
    filter,
  });
  for (const [key, value] of Object.entries(await folder.values(`${index}-env`))) {
    env[key] = value;
    context.setEnv(key, value);
  }
  for (const dir of await folder.lines(`${index}-path`)) context.addPath(dir);
  return { outcome: explained(exit), outputs: await folder.values(`${index}-output`), reports: [] };
}

/** An action of the same plugin: `./inner`. */
async function runUsed(
  { action, step, contexts, depth, runInner }: StepRequest,
  uses: string,
): Promise<StepEnd> {
  const { name, content, plugins, plugin, projectDir, context } = action;
  if (!uses.startsWith('./')) {
    throw new AppError(
      'plugin-invalid',
      `plugin:${name} uses ${uses}, which is not fetched while a stage runs.`,
      {
        hint: 'A composite plugin may use actions of its own folder (`./…`) and scripts.',
      },
    );
  }
  if (depth >= MAX_DEPTH)
    throw new AppError('plugin-invalid', `plugin:${name}: its actions use each other too deep.`);
  const inner = await plugins.openInner(content, uses);
  const given = Object.fromEntries(
    Object.entries(step.with ?? {}).map(([key, value]) => [
      key,
      typeof value === 'string' ? textOf(evaluateValue(value, contexts)) : value,
    ]),
  );
  const inputs = inputsOf(inner.manifest, given);
  const run: ActionRun = {
    name: `${name}/${uses.slice(2)}`,
    plugin,
    content: inner,
    inputs,
    context,
    plugins,
    projectDir,
  };
  const result = await runInner(run, depth + 1);
  return { outcome: result.outcome, outputs: result.outputs ?? {}, reports: result.reports ?? [] };
}

function contextsOf(
  { context, inputs }: ActionRun,
  folder: ActionFolder,
  steps: Readonly<Record<string, StepFacts>>,
  env: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const variables = githubVariables(context);
  const github = Object.fromEntries(
    Object.entries(variables)
      .filter(([key]) => key.startsWith('GITHUB_'))
      .map(([key, value]) => [key.slice('GITHUB_'.length).toLowerCase(), value]),
  );
  return {
    inputs,
    steps,
    env,
    github: { ...github, action_path: folder.seenContent, workspace: context.seen.cwd },
    runner: { os: 'Linux', temp: folder.seen },
  };
}

/** Relative to the stage's folder, or refused. */
function insideOf({ name, context }: ActionRun, directory: string): string {
  const relative = path.posix.relative(
    context.seen.cwd.replaceAll('\\', '/'),
    path.posix.resolve(context.seen.cwd.replaceAll('\\', '/'), directory.replaceAll('\\', '/')),
  );
  if (relative.split('/')[0] !== '..') return relative === '' ? '.' : relative;
  throw new AppError(
    'path-outside',
    `plugin:${name}: the working directory ${directory} is outside of the workspace.`,
  );
}
