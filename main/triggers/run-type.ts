import type { TriggerType } from '#shared/api/trigger-schemas.ts';
import type { RunTrigger } from '#shared/run/events.ts';

const RUN_TYPES: Readonly<Record<TriggerType, RunTrigger['type']>> = {
  schedule: 'schedule',
  watch: 'watch',
  push: 'push',
  poll: 'poll',
  'pull-request': 'webhook',
  webhook: 'webhook',
  'pre-commit': 'hook',
  'pre-push': 'hook',
};

/** What a run says it was started by when a person asks for what a trigger would do. */
export function startedByHand(type: TriggerType): RunTrigger & { readonly reason: string } {
  return { type: RUN_TYPES[type], event: type, reason: 'Started by hand.' };
}
