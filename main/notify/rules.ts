import { z } from 'zod';
import type { PipelineFile } from '#shared/pipeline/schema.ts';

/** The changes of status that people can be told. `fixed`: it succeeds, and the run before had failed. */
export type Change = 'succeeded' | 'failed' | 'fixed' | 'cancelled' | 'interrupted' | 'waiting-approval';

export type NotificationRule = NonNullable<PipelineFile['notifications']>[number];

/** How a message leaves this machine; plain data, kept until it has left. Texts may hold `${{ }}`. */
export type Channel =
  | { readonly type: 'email'; readonly to: readonly string[]; readonly subject: string | null }
  | {
      readonly type: 'webhook';
      readonly url: string;
      readonly format: 'json' | 'slack' | 'teams' | 'discord';
      readonly template: string | null;
    };

const DEFAULT_CHANGES: readonly Change[] = ['failed', 'fixed'];

/** The channels that rules want for a change; each once. A notification of the desktop is the window's. */
export function channelsFor(rules: readonly NotificationRule[], changes: readonly Change[]): Channel[] {
  const channels = new Map<string, Channel>();
  for (const { when = DEFAULT_CHANGES, email, webhook } of rules) {
    if (!changes.some((change) => when.includes(change))) continue;
    const wanted: Channel[] = [];
    if (email) wanted.push({ type: 'email', to: email.to, subject: email.subject ?? null });
    if (webhook) {
      const { url, format = 'json', template = null } = webhook;
      wanted.push({ type: 'webhook', url, format, template });
    }
    for (const channel of wanted) channels.set(JSON.stringify(channel), channel);
  }
  return [...channels.values()];
}

const smtpSchema = z.object({
  host: z.string(),
  port: z.number().int().min(1).max(65_535).default(587),
  /** TLS from the first byte; otherwise STARTTLS where the server has it. */
  secure: z.boolean().default(false),
  /** Refuses a server without STARTTLS. */
  requireTls: z.boolean().default(false),
  user: z.string().nullable().default(null),
  /** Name of the secret that is the password. */
  passwordSecret: z.string().nullable().default(null),
  from: z.string(),
});
export type SmtpSettings = z.infer<typeof smtpSchema>;

/** The setting `notifications`: how e-mail leaves, and what every pipeline tells beside its own file. */
export const notificationSettingsSchema = z.object({
  smtp: smtpSchema.nullable().default(null),
  rules: z.array(z.custom<NotificationRule>()).default([]),
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;
