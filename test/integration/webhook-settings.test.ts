import { expect, it } from 'vitest';
import type { WebhookAddress } from '#main/triggers/create-triggers.ts';
import { createTriggersFixture, PROJECT } from './triggers-fixture.ts';

/** The status of a request that no sender made; null where nothing listens. */
async function knock(url: string): Promise<number | null> {
  const answer = await fetch(url, { method: 'POST', headers: { connection: 'close' } }).catch(() => null);
  await answer?.body?.cancel();
  return answer?.status ?? null;
}

it('moves, ends and opens the webhook endpoint as its settings change, without a restart', async () => {
  await using fixture = createTriggersFixture();
  fixture.pipeline('webhook');
  let address: WebhookAddress | null = { host: '127.0.0.1', port: 0 };
  const triggers = fixture.host({ webhook: () => address });
  await triggers.start();
  const first = triggers.webhookUrl(PROJECT)!;
  expect(await knock(first)).toBe(400);
  await triggers.refresh();
  expect(triggers.webhookUrl(PROJECT)).toBe(first);

  address = { host: 'localhost', port: 0 };
  await triggers.refresh();
  expect(await knock(first)).toBeNull();
  expect(triggers.webhookUrl(PROJECT)).toMatch(/^http:\/\/localhost:\d+\/hooks\//);

  const second = triggers.webhookUrl(PROJECT)!;
  address = null;
  await triggers.refresh();
  expect(triggers.webhookUrl(PROJECT)).toBeNull();
  expect(await knock(second)).toBeNull();
  expect(await triggers.list()).toMatchObject([
    { type: 'webhook', fault: 'Webhooks are switched off in the settings.', url: null },
  ]);

  address = { host: '127.0.0.1', port: 0 };
  await triggers.refresh();
  expect(await knock(triggers.webhookUrl(PROJECT)!)).toBe(400);
  expect(await triggers.list()).toMatchObject([{ fault: null }]);
});
