import { labelWords } from '../pipeline/place-words.ts';
import type { QueueReason } from './events.ts';

/** What a stage waits for, in words: `the lock db`, `the locks a, b and the group deploy`, `a slot of build-1`. */
export function lockWords({ names, group, host }: Extract<QueueReason, { type: 'locks' }>): string {
  const parts = [];
  if (names.length > 0) parts.push(`${names.length === 1 ? 'the lock' : 'the locks'} ${names.join(', ')}`);
  if (group !== undefined) parts.push(`the group ${group}`);
  if (host !== undefined) parts.push(`a slot of ${host.name ?? `a host with ${labelWords(host.labels)}`}`);
  return parts.join(' and ');
}
