import type { Tone } from './tone.ts';

/** Every status that a run, a stage, an attempt or a step can show. */
export type Status =
  | 'pending'
  | 'ready'
  | 'queued'
  | 'running'
  | 'waiting-approval'
  | 'succeeded'
  | 'failed'
  | 'timed-out'
  | 'cancelled'
  | 'skipped'
  | 'infra-error'
  | 'interrupted';

const FACTS: Record<Status, { readonly label: string; readonly tone: Tone }> = {
  pending: { label: 'Pending', tone: 'neutral' },
  ready: { label: 'Ready', tone: 'neutral' },
  queued: { label: 'Queued', tone: 'neutral' },
  running: { label: 'Running', tone: 'running' },
  'waiting-approval': { label: 'Waiting for approval', tone: 'waiting' },
  succeeded: { label: 'Succeeded', tone: 'succeeded' },
  failed: { label: 'Failed', tone: 'failed' },
  'timed-out': { label: 'Timed out', tone: 'failed' },
  cancelled: { label: 'Cancelled', tone: 'skipped' },
  skipped: { label: 'Skipped', tone: 'skipped' },
  'infra-error': { label: 'Infrastructure error', tone: 'warning' },
  interrupted: { label: 'Interrupted', tone: 'warning' },
};

/** The status in words, capitalised as at the start of a line. */
export const statusLabel = (status: Status): string => FACTS[status].label;

export const statusTone = (status: Status): Tone => FACTS[status].tone;
