import type { Clock } from '#main/engine/ports.ts';
import type { TriggerType } from '#shared/api/trigger-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Credential } from '#shared/lib/git-credential.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { publicUrl } from '#shared/lib/repository-address.ts';
import { MAX_CHANGED } from '#shared/run/events.ts';
import type { Firing } from './fire.ts';
import { keyOf } from './list-triggers.ts';
import type { Git, RecentRun, TriggerPipeline, TriggerSource, TriggerStore } from './ports.ts';
import { branchOf } from './ref-filter.ts';
import { refFields, shortRef } from './ref-fields.ts';
import { createRemotePoll } from './remote/remote-poll.ts';
import type { RemoteRule, TriggerRules } from './rules.ts';
import { createSchedule } from './schedule.ts';
import { formatCursor, parseCursor } from './schedule-cursor.ts';
import { createWatch } from './watch.ts';

/** Why a commit starts nothing. */
export const IN_PLACE =
  'With `workspace: in-place` a run works on the project folder itself, which is never moved to another commit.';

export interface SourceOptions {
  readonly clock: Clock;
  readonly store: TriggerStore;
  readonly git: Git;
  readonly firing: Firing;
  /** The latest runs of a pipeline, newest first. */
  readonly recentRuns: (pipeline: TriggerPipeline) => readonly RecentRun[];
  readonly resolveSecret: (name: string, projectId: ProjectId) => Promise<string | null>;
}

/** Opens what a pipeline waits for. What cannot be opened is the fault of its trigger, and the others work. */
export async function openSources(
  options: SourceOptions,
  pipeline: TriggerPipeline,
  rules: TriggerRules,
): Promise<readonly TriggerSource[]> {
  const { store } = options;
  const sources: TriggerSource[] = [];
  const attempt = async (type: TriggerType, make: () => TriggerSource | Promise<TriggerSource>) => {
    const key = keyOf(pipeline, type);
    store.setFault(key, null);
    try {
      sources.push(await make());
    } catch (error) {
      store.setFault(key, error instanceof Error ? error.message : String(error));
    }
  };
  if (rules.schedules.length > 0) await attempt('schedule', () => openSchedule(options, pipeline, rules));
  if (rules.watch) await attempt('watch', () => openWatch(options, pipeline, rules.watch!));
  for (const type of ['push', 'poll'] as const) {
    const rule = rules[type];
    if (type === 'poll' && !mayAskAnywhere(pipeline)) store.setFault(keyOf(pipeline, type), null);
    else if (rule) await attempt(type, () => openRemote(options, pipeline, type, rule));
  }
  return sources;
}

function openSchedule(
  options: SourceOptions,
  pipeline: TriggerPipeline,
  { schedules }: TriggerRules,
): TriggerSource {
  const { clock, store, firing } = options;
  const key = keyOf(pipeline, 'schedule');
  return createSchedule({
    clock,
    rules: schedules,
    cursor: {
      get: () => parseCursor(store.stateOf(key).cursor),
      set: (cursor) => {
        if (firing.holdsLease()) store.setCursor(key, formatCursor(cursor));
      },
    },
    isPaused: () => firing.isPaused(key),
    fire: (due, reason, missed) =>
      firing.fireLater({
        missed,
        pipeline,
        type: 'schedule',
        trigger: { type: 'schedule', event: due.rule.cron },
        reason,
        skipped: null,
      }),
  });
}

function openWatch(
  options: SourceOptions,
  pipeline: TriggerPipeline,
  rule: NonNullable<TriggerRules['watch']>,
): Promise<TriggerSource> {
  const { clock, store, firing } = options;
  const key = keyOf(pipeline, 'watch');
  return createWatch({
    clock,
    projectDir: pipeline.projectDir,
    rule,
    ownWork: () => (pipeline.workspace === 'in-place' ? options.recentRuns(pipeline) : []),
    onFault: (message) => store.setFault(key, message),
    fire: (changed) => {
      if (firing.isPaused(key)) return;
      const others = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
      const trigger = { type: 'watch', changed: changed.slice(0, MAX_CHANGED) } as const;
      const reason = `${changed[0]!}${others} changed.`;
      firing.fireLater({ pipeline, type: 'watch', trigger, reason, skipped: null });
    },
  });
}

function openRemote(
  options: SourceOptions,
  pipeline: TriggerPipeline,
  type: 'push' | 'poll',
  rule: RemoteRule,
): TriggerSource {
  const { clock, store, git, firing } = options;
  const key = keyOf(pipeline, type);
  const inPlace = whyNoCheckout(pipeline);
  if (inPlace !== null) throw new Error(inPlace);
  const remote = publicUrl(rule.remote);
  return createRemotePoll({
    clock,
    git,
    projectDir: pipeline.projectDir,
    rule,
    name: rule.isAddress ? remote : `The remote ${remote}`,
    credential: () => credentialOf(options, pipeline, rule),
    cursor: {
      get: () => store.stateOf(key).cursor,
      set: (text) => {
        if (firing.holdsLease()) store.setCursor(key, text);
      },
    },
    onFault: (message) => {
      if (store.stateOf(key).fault !== message) store.setFault(key, message);
    },
    onAsked: (atMs, nextAtMs) => store.setAsked(key, atMs, nextAtMs),
    hasRun: ({ ref, commit }, sinceMs) =>
      options
        .recentRuns(pipeline)
        .some(
          (run) =>
            run.trigger === type &&
            run.from >= sinceMs &&
            run.commit === commit &&
            run.branch === branchOf(ref),
        ),
    fire: async ({ ref, commit, before, changed }, skipped, signal) => {
      if (!firing.holdsLease()) return false;
      const was = before === null ? {} : { before };
      const runId = await firing.fire({
        pipeline,
        type,
        trigger: { type, event: remote, ...refFields(ref, commit, changed), ...was },
        reason: `${shortRef(ref)} of ${remote} is at ${commit.slice(0, 10)}.`,
        skipped,
        checkout: { commit, branch: branchOf(ref), ref, remote: rule.remote },
        signal,
      });
      return runId !== null || !signal.aborted;
    },
  });
}

async function credentialOf(
  { resolveSecret }: SourceOptions,
  { projectId }: TriggerPipeline,
  { remote, signIn }: RemoteRule,
): Promise<Credential | null> {
  if (signIn === null) return null;
  const password = await resolveSecret(signIn.secret, projectId);
  if (password !== null) return { url: remote, username: signIn.username, password };
  throw new AppError(
    'secret-missing',
    `There is no secret ${signIn.secret} to sign in with: store it with \`pipewright secrets set ${signIn.secret}\`.`,
  );
}

/** What a file says of addresses and secrets is followed only once the file is trusted. */
export const mayAskAnywhere = ({ fault = null }: TriggerPipeline): boolean => fault === null;

/** One sentence; null when the pipeline can run on a commit that is not in the project's folder. */
export function whyNoCheckout({ workspace }: TriggerPipeline): string | null {
  return workspace === 'in-place' ? IN_PLACE : null;
}
