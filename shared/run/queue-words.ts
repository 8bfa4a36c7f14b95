import type { QueueReason } from './events.ts';

/** What a stage waits for, in words: `the lock db`, `the locks a, b and the group deploy`. */
export function lockWords({ names, group }: Extract<QueueReason, { type: 'locks' }>): string {
  const parts = [];
  if (names.length > 0) parts.push(`${names.length === 1 ? 'the lock' : 'the locks'} ${names.join(', ')}`);
  if (group !== undefined) parts.push(`the group ${group}`);
  return parts.join(' and ');
}
