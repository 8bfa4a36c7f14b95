import type { RunTrigger } from '#shared/run/events.ts';
import type { Firing } from '../fire.ts';
import { refFields, shortRef } from '../ref-fields.ts';
import type { Checkout } from '../ports.ts';
import { branchOf, whyFiltered } from '../ref-filter.ts';
import { readRules, type TriggerRules } from '../rules.ts';
import type { Listener } from './endpoint.ts';
import type { WebhookEvent } from './payload.ts';

/** Senders tell of the project's own repository; it is asked before other remotes. */
const REMOTE = 'origin';

/** Does what a believed event is for. @returns one line for each listener: its run, or why there is none */
export async function deliver(
  firing: Pick<Firing, 'fire'>,
  event: WebhookEvent,
  listeners: readonly Listener[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { pipeline, type } of listeners) {
    const skipped = whyNotDelivered(event, type, readRules(pipeline.on));
    const who = event.actor === null ? '' : ` by ${event.actor}`;
    const where = event.ref === null ? '' : ` on ${shortRef(event.ref)}`;
    const trigger: RunTrigger = {
      type: 'webhook',
      event: type === 'pull-request' ? 'pull-request' : event.name,
      ...(event.actor === null ? {} : { actor: event.actor }),
      ...refFields(event.ref, event.commit, event.changed),
    };
    const runId = await firing.fire({
      pipeline,
      type,
      trigger,
      reason: `${event.name}${where}${who}.`,
      skipped,
      checkout: checkoutOf(event),
    });
    lines.push(`${pipeline.file}: ${runId ?? `not started${skipped === null ? '' : `: ${skipped}`}`}`);
  }
  return lines;
}

/** Null for an event that names no commit, such as a release. */
function checkoutOf({ ref, commit, request }: WebhookEvent): Checkout | null {
  if (commit === null) return null;
  return request === null
    ? { commit, branch: ref === null ? null : branchOf(ref), ref, remote: REMOTE }
    : { commit, branch: request.branch, ref: request.ref, remote: REMOTE };
}

function whyNotDelivered(event: WebhookEvent, type: Listener['type'], rules: TriggerRules): string | null {
  if (event.isRemoval) return 'the branch was removed';
  if (event.request?.isFromFork) return 'it comes from a fork, whose code is not run on this machine';
  const change = { ref: event.ref, changed: event.changed };
  if (type === 'pull-request') {
    if (event.kind !== 'pull-request') return 'it is no pull request';
    if (event.request?.isUpdate === false)
      return `a pull request without new commits (${event.request.action}) starts nothing`;
    return whyFiltered(rules.pullRequest ?? {}, change);
  }
  const { events = [], filter = {} } = rules.webhook ?? {};
  const names = [event.kind, event.name].map((name) => name.toLowerCase());
  if (events.length > 0 && !events.some((name) => names.includes(name.toLowerCase()))) {
    return `the event ${event.name} is not chosen`;
  }
  return whyFiltered(filter, change);
}
