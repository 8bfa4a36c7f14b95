import type { Clock } from '#main/engine/ports.ts';
import type { TriggerType } from '#shared/api/trigger-schemas.ts';
import { MAX_CHANGED } from '#shared/run/events.ts';
import type { Firing } from './fire.ts';
import { keyOf } from './list-triggers.ts';
import type { Git, TriggerPipeline, TriggerSource, TriggerStore } from './ports.ts';
import { createPushPoll } from './push.ts';
import { branchOf } from './ref-filter.ts';
import { refFields, shortRef } from './ref-fields.ts';
import type { TriggerRules } from './rules.ts';
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
  readonly recentRuns: (
    pipeline: TriggerPipeline,
  ) => readonly { readonly from: number; readonly to: number | null }[];
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
  if (rules.push) await attempt('push', () => openPush(options, pipeline, rules.push!));
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

function openPush(
  options: SourceOptions,
  pipeline: TriggerPipeline,
  rule: NonNullable<TriggerRules['push']>,
): TriggerSource {
  const { clock, store, git, firing } = options;
  const key = keyOf(pipeline, 'push');
  const fault = whyNoCheckout(pipeline);
  if (fault !== null) throw new Error(fault);
  return createPushPoll({
    clock,
    git,
    projectDir: pipeline.projectDir,
    rule,
    cursor: { get: () => store.stateOf(key).cursor, set: (text) => store.setCursor(key, text) },
    onFault: (message) => {
      if (store.stateOf(key).fault !== message) store.setFault(key, message);
    },
    fire: ({ ref, commit, changed }, skipped) =>
      firing.fireLater({
        pipeline,
        type: 'push',
        trigger: { type: 'push', event: rule.remote, ...refFields(ref, commit, changed) },
        reason: `${shortRef(ref)} of ${rule.remote} is at ${commit.slice(0, 10)}.`,
        skipped,
        checkout: { commit, branch: branchOf(ref), ref, remote: rule.remote },
      }),
  });
}

/** One sentence; null when the pipeline can run on a commit that is not in the project's folder. */
export function whyNoCheckout({ workspace }: TriggerPipeline): string | null {
  return workspace === 'in-place' ? IN_PLACE : null;
}
