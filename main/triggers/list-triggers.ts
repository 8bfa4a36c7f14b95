import type { Trigger, TriggerKey, TriggerType } from '#shared/api/trigger-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { TriggerPipeline, TriggerStore } from './ports.ts';
import { describeRules, readRules, type ScheduleRule } from './rules.ts';
import { nextDue } from './schedule.ts';
import { parseCursor, type ScheduleCursor } from './schedule-cursor.ts';

export function keyOf({ projectId, file }: TriggerPipeline, type: TriggerType): TriggerKey {
  return { projectId, file, type };
}

/** The triggers of pipelines with what is known of each; any host may ask, whichever one watches. */
export function listTriggers(
  pipelines: readonly TriggerPipeline[],
  store: Pick<TriggerStore, 'stateOf' | 'firings'>,
  nowMs: number,
  webhookUrl: (projectId: ProjectId) => string | null,
): Trigger[] {
  return pipelines.flatMap((pipeline) => {
    const rules = readRules(pipeline.on);
    return describeRules(rules).map(({ type, summary }): Trigger => {
      const key = keyOf(pipeline, type);
      const { paused, fault, cursor, askedAtMs, askNextAtMs } = store.stateOf(key);
      const isPosted = type === 'webhook' || type === 'pull-request';
      const next =
        type === 'schedule' && !paused
          ? nextTime(rules.schedules, parseCursor(cursor), nowMs)
          : { at: null, fault: null };
      const asksRemote = type === 'push' || type === 'poll';
      // A time that has gone by says only that nobody asks at the moment.
      const asksAt =
        asksRemote && !paused && askNextAtMs !== null && askNextAtMs > nowMs ? askNextAtMs : null;
      return {
        ...key,
        projectDir: pipeline.projectDir,
        name: pipeline.name,
        summary,
        paused,
        fault: next.fault ?? fault ?? pipeline.fault ?? null,
        nextAt: next.at ?? isoOf(asksAt),
        askedAt: asksRemote ? isoOf(askedAtMs) : null,
        url: isPosted ? webhookUrl(pipeline.projectId) : null,
        last: store.firings({ ...key, limit: 1 })[0] ?? null,
      };
    });
  });
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function nextTime(
  schedules: readonly ScheduleRule[],
  cursor: ScheduleCursor | null,
  nowMs: number,
): { readonly at: string | null; readonly fault: string | null } {
  try {
    const next = nextDue(schedules, cursor, nowMs);
    return { at: next === null ? null : new Date(next).toISOString(), fault: null };
  } catch (error) {
    // A wrong expression or time zone.
    return { at: null, fault: error instanceof Error ? error.message : String(error) };
  }
}
