import type { Clock } from '#main/engine/ports.ts';
import { createNotifier, type Notifier } from '#main/notify/create-notifier.ts';
import type { RunFacts } from '#main/notify/message.ts';
import type { NotificationRule } from '#main/notify/rules.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Host } from './create-host.ts';
import { readPipeline } from './projects/plan-run.ts';
import { readRun } from './runs/read-run.ts';
import { readNotificationSettings } from './settings/read-settings.ts';
import type { ResolveSecret } from './triggers.ts';

/** Tells of the runs of a host, as their pipeline files and the setting `notifications` say. */
export function createHostNotifier(host: Host, clock: Clock, resolveSecret: ResolveSecret): Notifier {
  const { store, engine } = host;
  return createNotifier({
    clock,
    subscribe: (listener) => engine.subscribe(listener),
    outbox: store.outbox,
    smtp: () => readNotificationSettings(store.settings).smtp,
    rulesOf: (runId) => rulesOfRun(host, runId),
    describe: (runId) => describeRun(host, runId),
    lastSeq: (runId) => store.events.lastSeq(runId),
    hadFailedBefore: (runId) => hadFailedBefore(host, runId),
    resolveSecret: (runId, name) => resolveSecret(name, store.runs.get(runId).projectId),
    interpolate,
  });
}

/** The rules of the run's pipeline file, if it is still there, and those of the settings. */
export async function rulesOfRun(host: Host, runId: RunId): Promise<readonly NotificationRule[]> {
  return [...(await rulesOfFile(host, runId)), ...rulesOfSettings(host, runId)];
}

function rulesOfSettings({ store }: Host, runId: RunId): readonly NotificationRule[] {
  const { rules } = readNotificationSettings(store.settings);
  if (rules.length === 0 || store.events.lastSeq(runId) === 0) return [];
  const { projectId } = store.runs.get(runId);
  return rules.filter((rule) => rule.projectId === null || rule.projectId === projectId);
}

async function rulesOfFile({ store, kinds }: Host, runId: RunId): Promise<readonly NotificationRule[]> {
  try {
    const { projectDir, pipelineFile } = store.runs.get(runId);
    const { pipeline } = await readPipeline(kinds, projectDir, pipelineFile);
    return pipeline?.file.notifications ?? [];
  } catch (error) {
    // The file or the run went away: nobody says who wants to know.
    if (error instanceof AppError && error.kind === 'user') return [];
    throw error;
  }
}

/** What a message can tell of a run; null when it is gone. */
export function describeRun({ store }: Host, runId: RunId): RunFacts | null {
  if (store.events.lastSeq(runId) === 0) return null;
  const { number, name, status, projectDir, pipelineFile, git, trigger, durationMs } = store.runs.get(runId);
  const failed = chunkedToArray(readRun(store.events, runId).stages).filter(
    (stage) => stage.status === 'failed' || stage.status === 'timed-out' || stage.status === 'infra-error',
  );
  return {
    ...{ runId, number, name, status, projectDir, pipelineFile, trigger, durationMs },
    branch: git?.branch ?? null,
    commit: git?.commit ?? null,
    failedStages: failed.map(({ id }) => id),
  };
}

/** The run that began before this one and said yes or no. */
export function hadFailedBefore({ store }: Host, runId: RunId): boolean {
  const { projectId, pipelineFile, number } = store.runs.get(runId);
  const { runs } = store.runs.list({ projectId, pipelineFile, statuses: ['succeeded', 'failed'], limit: 50 });
  return runs.find((run) => run.number < number)?.status === 'failed';
}
