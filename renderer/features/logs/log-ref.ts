import type { RunId } from '#shared/lib/ids.ts';

/** Names one log: of one attempt of one stage. */
export interface LogRef {
  readonly runId: RunId;
  readonly stage: string;
  /** 1-based. */
  readonly attempt: number;
}

/** A file name for a log: `unit-node-22-attempt-2.log`. */
export function logFileName({ stage, attempt }: LogRef): string {
  const name = stage.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+$/g, '');
  return `${name === '' ? 'stage' : name}${attempt > 1 ? `-attempt-${attempt}` : ''}.log`;
}
