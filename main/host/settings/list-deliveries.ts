import type { OutboxBody } from '#main/notify/create-notifier.ts';
import type { Channel } from '#main/notify/rules.ts';
import type { OutboxRecord } from '#main/store/outbox.ts';
import type { Store } from '#main/store/open-store.ts';
import type { Delivery } from '#shared/api/procedures/notification.ts';

type Message = Extract<OutboxBody, { type: 'message' }>;

/** The latest messages with what became of them, newest first. */
export function listDeliveries({ outbox, events, runs }: Store, limit: number): Delivery[] {
  return outbox.recent('message', limit).map((record) => {
    const { runId, news, channel } = record.body as Message;
    const run = events.lastSeq(runId) === 0 ? null : runs.get(runId);
    const at = new Date(record.at).toISOString();
    return {
      id: record.id,
      runId,
      run: run === null ? null : { number: run.number, name: run.name },
      change: news.change,
      channel: channel.type,
      target: targetOf(channel),
      state: stateOf(record),
      attempts: record.attempts,
      at: record.state === 'waiting' ? null : at,
      nextAt: record.state === 'waiting' ? at : null,
      reason: record.error,
    };
  });
}

function stateOf({ state, error }: OutboxRecord): Delivery['state'] {
  if (state === 'done') return 'sent';
  if (state === 'failed') return 'given-up';
  return error === null ? 'waiting' : 'retrying';
}

/** The path of a webhook's address is often its password. */
function targetOf(channel: Channel): string {
  if (channel.type === 'email') return channel.to.join(', ');
  return URL.canParse(channel.url) ? new URL(channel.url).host : channel.url;
}
