/** Statuses of a run; see docs/architecture.md for the diagram. */
export const RUN_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Statuses of a stage. `ready`: all it needs is done, it waits for a slot. `queued`: it waits for a lock or its next try. */
export const STAGE_STATUSES = [
  'pending',
  'ready',
  'queued',
  'running',
  'waiting-approval',
  'succeeded',
  'failed',
  'timed-out',
  'cancelled',
  'skipped',
  'infra-error',
] as const;
export type StageStatus = (typeof STAGE_STATUSES)[number];

export type FinalStageStatus = Extract<
  StageStatus,
  'succeeded' | 'failed' | 'timed-out' | 'cancelled' | 'skipped' | 'infra-error'
>;
export type FinalRunStatus = Extract<RunStatus, 'succeeded' | 'failed' | 'cancelled' | 'interrupted'>;

const FINAL: readonly FinalStageStatus[] = [
  'succeeded',
  'failed',
  'timed-out',
  'cancelled',
  'skipped',
  'infra-error',
];

/** Which status may follow which. A run that is interrupted takes a running stage back to `ready`. */
export const STAGE_TRANSITIONS: Readonly<Record<StageStatus, readonly StageStatus[]>> = {
  pending: ['ready', 'skipped', 'cancelled'],
  // A matrix that was ready to be expanded waits again, for its legs.
  ready: ['pending', 'queued', 'running', 'waiting-approval', ...FINAL],
  queued: ['running', 'ready', 'skipped', 'cancelled', 'infra-error'],
  running: ['queued', 'ready', ...FINAL],
  'waiting-approval': [...FINAL],
  succeeded: [],
  failed: [],
  'timed-out': [],
  cancelled: [],
  skipped: [],
  'infra-error': [],
};

export const RUN_TRANSITIONS: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['running', 'cancelled', 'interrupted'],
  running: ['succeeded', 'failed', 'cancelled', 'interrupted'],
  succeeded: [],
  failed: [],
  cancelled: [],
  interrupted: ['running', 'cancelled'],
};

const FINAL_SET: ReadonlySet<StageStatus> = new Set(FINAL);

export function isFinalStageStatus(status: StageStatus): status is FinalStageStatus {
  return FINAL_SET.has(status);
}

export function isFinalRunStatus(status: RunStatus): status is FinalRunStatus {
  return status !== 'queued' && status !== 'running';
}
