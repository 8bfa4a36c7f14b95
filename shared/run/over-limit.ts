import { formatSize } from '../lib/sizes.ts';
import type { Outcome } from './outcome.ts';

type Failed = Extract<Outcome, { type: 'failed' }>;

/** How a process ended that was ended for what it used. */
export type EndedBy = Pick<Failed, 'exitCode' | 'signal'>;

/** A stage that wanted more memory than `resources.memory` grants: the work's own doing, so it failed. */
export function outOfMemory(limitBytes: number, ended: EndedBy): Failed {
  const message = `out of memory: its processes wanted more than the limit of ${formatSize(limitBytes)}; raise resources.memory or let them use less`;
  return { type: 'failed', ...ended, message };
}

/** A stage that had more processes than `resources.pids` grants. */
export function tooManyProcesses(limit: number, ended: EndedBy): Failed {
  const message = `too many processes and threads: the limit is ${limit}; raise resources.pids or start fewer at once`;
  return { type: 'failed', ...ended, message };
}
