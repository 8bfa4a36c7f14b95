import { type TriggerSettings, triggerSettingsSchema } from '#shared/api/setting-schemas.ts';
import { numberOf, readWith, type ReadDraft } from '../field-errors.ts';

/** The webhook endpoint as its fields show it. */
export interface WebhookDraft {
  readonly enabled: boolean;
  readonly host: string;
  readonly port: string;
}

export const webhookDraft = ({
  webhookEnabled,
  webhookHost,
  webhookPort,
}: TriggerSettings): WebhookDraft => ({
  enabled: webhookEnabled,
  host: webhookHost,
  port: String(webhookPort),
});

export const readWebhookDraft = ({ enabled, host, port }: WebhookDraft): ReadDraft<TriggerSettings> =>
  readWith(triggerSettingsSchema, {
    webhookEnabled: enabled,
    webhookHost: host,
    webhookPort: numberOf(port) ?? Number.NaN,
  });

/** Whether nobody but this machine reaches the address. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host.trim());
