import path from 'node:path';
import process from 'node:process';
import { listPipelineFiles } from '#main/host/projects/pipeline-files.ts';
import { createTriggerPipelines } from '#main/host/triggers.ts';
import { HOOK_NAMES, type HookName } from '#main/triggers/hooks/hook-script.ts';
import { type HookChange, readCommit, readPush } from '#main/triggers/hooks/what-happens.ts';
import type { TriggerPipeline } from '#main/triggers/ports.ts';
import { branchOf, type RefFilter, whyFiltered } from '#main/triggers/ref-filter.ts';
import { readRules } from '#main/triggers/rules.ts';
import { git } from '#main/vcs/git-command.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { MAX_CHANGED } from '#shared/run/events.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { firingOf, runTriggered } from '../run-output/run-triggered.ts';
import { plainText } from '../run-output/stage-line.ts';
import { withHost } from '../with-host.ts';

/**
 * What an installed hook calls: runs the pipelines that want to know, one after the other; the first that does not
 * succeed stops Git.
 */
export async function runHookCommand(
  context: CliContext,
  name: string,
  words: readonly string[],
): Promise<ExitCode> {
  const hook = HOOK_NAMES.find((each) => each === name);
  if (hook === undefined) {
    throw new AppError('usage', `There is no hook ${name}.`, { hint: `There is ${HOOK_NAMES.join(', ')}.` });
  }
  const changes = await readChanges(context, hook, words);
  if (changes.length === 0) return EXIT.succeeded;
  const pipelines = await pipelinesWith(context, hook);
  for (const { pipeline, filter } of pipelines) {
    const wanted = changes.find((change) => whyFiltered(filter, change) === null);
    const code =
      wanted === undefined
        ? await noteSkipped(context, hook, pipeline, whyFiltered(filter, changes[0]!)!)
        : await runIfTrusted(context, hook, pipeline, wanted);
    if (code !== EXIT.succeeded) {
      const act = hook === 'pre-push' ? 'push' : 'commit';
      context.output.error(
        `pipewright: the ${act} was stopped: ${plainText(pipeline.name)} did not succeed. \`git ${act} --no-verify\` goes without it.`,
      );
      return code;
    }
  }
  return EXIT.succeeded;
}

async function readChanges(
  { cwd, env, projectDir }: CliContext,
  hook: HookName,
  words: readonly string[],
): Promise<readonly HookChange[]> {
  if (hook === 'pre-push') {
    return readPush(git, projectDir, await textOf(process.stdin), words[0] ?? 'origin');
  }
  const index = env.PIPEWRIGHT_INDEX_FILE;
  return [await readCommit(git, projectDir, index ? path.resolve(cwd, index) : undefined)];
}

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

interface Interested {
  readonly pipeline: TriggerPipeline;
  readonly filter: RefFilter;
}

/** Also adds the project to the list, so that its runs are seen there. */
function pipelinesWith(context: CliContext, hook: HookName): Promise<readonly Interested[]> {
  return withHost(context, async (host) => {
    const { id } = host.store.projects.add(context.projectDir);
    const all = await createTriggerPipelines(host)();
    for (const file of await listPipelineFiles(context.projectDir)) {
      if (all.some((pipeline) => pipeline.projectId === id && pipeline.file === file)) continue;
      context.output.note(
        `pipewright: ${file} has errors, so its hooks do not run; see \`pipewright validate\`.`,
      );
    }
    const isPaused = (projectId: ProjectId, file: string): boolean =>
      host.store.triggers.stateOf({ projectId, file, type: hook }).paused;
    return all.flatMap((pipeline): Interested[] => {
      if (pipeline.projectId !== id || isPaused(id, pipeline.file)) return [];
      const rules = readRules(pipeline.on);
      const filter = hook === 'pre-push' ? rules.prePush : rules.preCommit;
      return filter === null ? [] : [{ pipeline, filter }];
    });
  });
}

/** A pipeline that may not run does not stop Git either: who wrote it should not decide that. */
function runIfTrusted(
  context: CliContext,
  hook: HookName,
  pipeline: TriggerPipeline,
  change: HookChange,
): Promise<ExitCode> {
  const { file, fault = null } = pipeline;
  if (fault === null) return runOne(context, hook, pipeline, change);
  context.output.error(
    `pipewright: ${plainText(file)} did not run, because it is not trusted as it is. Look at it, then run \`pipewright hooks install\` again.`,
  );
  return noteSkipped(context, hook, pipeline, fault);
}

function noteSkipped(
  context: CliContext,
  hook: HookName,
  pipeline: TriggerPipeline,
  skipped: string,
): Promise<ExitCode> {
  return withHost(context, ({ store }) => {
    store.triggers.record({ ...firingOf(pipeline, hook, `${hook} on this machine.`), runId: null, skipped });
    return EXIT.succeeded;
  });
}

function runOne(
  context: CliContext,
  hook: HookName,
  pipeline: TriggerPipeline,
  { ref, commit, changed }: HookChange,
): Promise<ExitCode> {
  const branch = ref === null ? null : branchOf(ref);
  return runTriggered(context, pipeline, hook, {
    type: 'hook',
    event: hook,
    reason: `${hook} on this machine.`,
    ...(ref === null ? {} : { ref }),
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
    ...(changed === null ? {} : { changed: changed.slice(0, MAX_CHANGED) }),
  });
}
