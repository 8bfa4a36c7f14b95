import type { RunEvent } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { ATTRIBUTE, type Attributes, type Moment, RESULTS, type SpanFacts } from './span-facts.ts';
import { runSpanIdOf, type SpanPlace, traceIdOf } from './trace-ids.ts';

/** What every span of a run says. */
export function runAttributes({ name, runId }: RunState): Attributes {
  return { [ATTRIBUTE.PIPELINE]: name, [ATTRIBUTE.RUN_ID]: runId };
}

/**
 * The root of the run's trace, from the moment that it was asked for.
 * @param moments what happened to the run as a whole
 * @param cause the span in which the run was started; null when there is none
 */
export function runSpan(
  run: RunState,
  { status, at }: Extract<RunEvent, { type: 'run-finished' }>,
  moments: readonly Moment[],
  cause: SpanPlace | null,
): SpanFacts {
  const startMs = Date.parse(run.createdAt);
  const { git } = run;
  const hasFailed = status === 'failed' || status === 'interrupted';
  const branch = git?.branch ?? null;
  return {
    traceId: traceIdOf(run.runId),
    spanId: runSpanIdOf(run.runId),
    parentSpanId: null,
    name: `RUN ${run.name}`,
    startMs,
    endMs: Math.max(startMs, Date.parse(at)),
    attributes: {
      ...runAttributes(run),
      [ATTRIBUTE.ACTION]: 'RUN',
      [ATTRIBUTE.RESULT]: RESULTS[status],
      [ATTRIBUTE.RUN_NUMBER]: run.number,
      [ATTRIBUTE.TRIGGER]: run.trigger.type,
      ...(git === null ? {} : { [ATTRIBUTE.COMMIT]: git.commit }),
      ...(branch === null ? {} : { [ATTRIBUTE.BRANCH]: branch, [ATTRIBUTE.BRANCH_TYPE]: 'branch' }),
      ...(hasFailed ? { [ATTRIBUTE.ERROR_TYPE]: status } : {}),
    },
    error: hasFailed ? `The run ${status === 'failed' ? 'failed' : 'was interrupted'}` : null,
    moments,
    links: cause === null ? [] : [cause],
  };
}
