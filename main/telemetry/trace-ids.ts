import { createHash } from 'node:crypto';
import type { RunId, StageId } from '#shared/lib/ids.ts';

/**
 * Ids of W3C Trace Context, derived from those of the run: a run that another process goes on with stays in its trace,
 * and a link to a run's trace can be made from the run's id alone.
 */

const hex = (text: string, bytes: number): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, bytes * 2);

export const traceIdOf = (runId: RunId): string => hex(`pipewright trace ${runId}`, 16);

export const runSpanIdOf = (runId: RunId): string => hex(`pipewright run ${runId}`, 8);

export const stageSpanIdOf = (runId: RunId, stage: StageId): string =>
  hex(`pipewright stage ${runId} ${stage}`, 8);

export const attemptSpanIdOf = (runId: RunId, stage: StageId, attempt: number): string =>
  hex(`pipewright attempt ${runId} ${stage} ${attempt}`, 8);

export const stepSpanIdOf = (runId: RunId, stage: StageId, attempt: number, step: number): string =>
  hex(`pipewright step ${runId} ${stage} ${attempt} ${step}`, 8);

/** The `traceparent` of what an attempt starts. */
export function traceParentOf(runId: RunId, stage: StageId, attempt: number): string {
  return `00-${traceIdOf(runId)}-${attemptSpanIdOf(runId, stage, attempt)}-01`;
}

export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
}

/** What a `traceparent` names; null when it is none. */
export function parseTraceParent(text: string): SpanPlace | null {
  const [, version, traceId, spanId] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/.exec(text) ?? [];
  if (version === 'ff' || traceId === undefined || spanId === undefined) return null;
  return /^0+$/.test(traceId) || /^0+$/.test(spanId) ? null : { traceId, spanId };
}
