import { readPipeline } from '#main/host/projects/plan-run.ts';
import { createKindRegistry } from '#main/stages/registry.ts';
import { type RefFilter, whyFiltered } from '#main/triggers/ref-filter.ts';
import { readRules, type TriggerRules } from '#main/triggers/rules.ts';
import { gitSourceControl } from '#main/vcs/git-info.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunTrigger } from '#shared/run/events.ts';
import type { DryRunSituation } from './dry-run.ts';
import type { PlannedRun } from './run.ts';

/** What is to be assumed, as the command line says it. */
export interface AssumedEvent {
  readonly event?: string | undefined;
  readonly branch?: string | undefined;
  /** Paths relative to the repository. */
  readonly changed?: readonly string[] | undefined;
}

/** Events that a file's `on` can filter, with what they are to a run. */
const EVENTS: Readonly<
  Record<string, { type: RunTrigger['type']; filterOf: (rules: TriggerRules) => RefFilter | null }>
> = {
  push: { type: 'push', filterOf: ({ push }) => push?.filter ?? null },
  'pull-request': { type: 'webhook', filterOf: ({ pullRequest }) => pullRequest },
  webhook: { type: 'webhook', filterOf: ({ webhook }) => webhook?.filter ?? null },
  schedule: { type: 'schedule', filterOf: ({ schedules }) => (schedules.length > 0 ? {} : null) },
  watch: { type: 'watch', filterOf: ({ watch }) => (watch === null ? null : { paths: watch.paths }) },
  'pre-commit': { type: 'hook', filterOf: ({ preCommit }) => preCommit },
  'pre-push': { type: 'hook', filterOf: ({ prePush }) => prePush },
};

/**
 * The situation that a dry run is to assume, and why the event would start no run in it; null when it would.
 * @throws AppError `usage` for an event that there is not
 */
export async function assumeSituation(
  { projectDir, pipelineFile }: Pick<PlannedRun, 'projectDir' | 'pipelineFile'>,
  { event, branch, changed }: AssumedEvent,
): Promise<DryRunSituation & { readonly whyNot: string | null }> {
  const known = await gitSourceControl.describe(projectDir);
  const git = branch === undefined ? known : { commit: '', message: '', ...known, branch };
  if (event === undefined) return { git, trigger: { type: 'cli' }, whyNot: null };
  const { type, filterOf } = eventNamed(event);
  const ref = git?.branch ? `refs/heads/${git.branch}` : null;
  const { pipeline } = await readPipeline(createKindRegistry(), projectDir, pipelineFile);
  const filter = filterOf(readRules(pipeline?.file.on));
  const trigger: RunTrigger = {
    ...{ type, event },
    ...(ref === null ? {} : { ref }),
    ...(git?.branch ? { branch: git.branch } : {}),
    ...(changed === undefined ? {} : { changed }),
  };
  const whyNot =
    filter === null
      ? `the file has no trigger \`${event}\``
      : whyFiltered(filter, { ref, changed: changed ?? null });
  return { git, trigger, whyNot };
}

function eventNamed(event: string): (typeof EVENTS)[string] {
  const found = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  if (found) return found;
  throw new AppError('usage', `There is no event ${event}.`, {
    hint: `The events are ${Object.keys(EVENTS).join(', ')}.`,
  });
}
