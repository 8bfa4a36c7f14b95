import { noticeOf } from '#main/notify/message.ts';
import { type Change, changesOf, type NotificationRule, wantsDesktop } from '#main/notify/rules.ts';
import type { DesktopNotice } from '#shared/api/notice-schema.ts';
import type { RunSummary, WaitingApproval } from '#shared/api/schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import type { Host } from './create-host.ts';
import { describeRun, hadFailedBefore, rulesOfRun } from './notifier.ts';
import { followChanges } from './runs/follow-changes.ts';
import { waitingOf } from './runs/list-waiting.ts';

/**
 * What people at this machine are to be told of runs, whichever host runs them, as the rules say: of what happens after
 * a moment, each once. Asks the store, and only while someone listens. Ends on abort.
 */
export async function* followNotices(
  host: Host,
  { at: since, cursor }: Host['opened'],
  signal?: AbortSignal,
): AsyncGenerator<DesktopNotice, void, undefined> {
  const told = new Set<string>();
  /** False for what was told, or is older. */
  const isNew = (key: string, at: string): boolean => {
    if (at <= since || told.has(key)) return false;
    told.add(key);
    return true;
  };
  for await (const runs of followChanges(host.store.runs, signal, cursor)) {
    for (const run of runs) {
      if (isFinalRunStatus(run.status)) {
        const at = run.finishedAt ?? '';
        // A run that is resumed ends once more.
        if (!isNew(`${run.id} ${at}`, at)) continue;
        const notice = await unlessGone(() => ofEnd(host, run));
        if (notice !== null) yield notice;
      } else {
        for (const waiting of waitingOf(host, run)) {
          if (!isNew(`${run.id} ${waiting.stage} ${waiting.requestedAt}`, waiting.requestedAt)) continue;
          const notice = await unlessGone(() => ofApproval(host, waiting));
          if (notice !== null) yield notice;
        }
      }
    }
  }
}

/** Nobody needs to hear of a run that was removed meanwhile. */
async function unlessGone(make: () => Promise<DesktopNotice | null>): Promise<DesktopNotice | null> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof AppError && error.code === 'run-not-found') return null;
    throw error;
  }
}

async function ofEnd(host: Host, run: RunSummary): Promise<DesktopNotice | null> {
  const { status } = run;
  if (!isFinalRunStatus(status)) return null;
  const change: Change = status === 'succeeded' && hadFailedBefore(host, run.id) ? 'fixed' : status;
  return noticeFor(host, run, { change, approval: null });
}

function ofApproval(host: Host, { run, stage, message }: WaitingApproval): Promise<DesktopNotice | null> {
  return noticeFor(host, run, { change: 'waiting-approval', approval: { stage, message } });
}

async function noticeFor(
  host: Host,
  { id: runId }: RunSummary,
  news: Parameters<typeof noticeOf>[1],
): Promise<DesktopNotice | null> {
  const rules: readonly NotificationRule[] = await rulesOfRun(host, runId);
  if (!wantsDesktop(rules, changesOf(news.change))) return null;
  const facts = describeRun(host, runId);
  return facts === null ? null : { ...noticeOf(facts, news), runId };
}
