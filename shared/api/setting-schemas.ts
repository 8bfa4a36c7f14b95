import { z } from 'zod';
import { projectIdSchema } from './schemas.ts';
import { retentionSettingsSchema } from './storage-schemas.ts';
import { telemetrySettingsSchema } from './telemetry-settings.ts';

/** The changes of status that people can be told, the ones that most want to know first. */
export const STATUS_CHANGES = [
  'failed',
  'fixed',
  'waiting-approval',
  'succeeded',
  'cancelled',
  'interrupted',
] as const;
export type StatusChange = (typeof STATUS_CHANGES)[number];

/** What a rule that says nothing else tells. */
export const DEFAULT_CHANGES: readonly StatusChange[] = ['failed', 'fixed'];

export const WEBHOOK_FORMATS = ['json', 'slack', 'teams', 'discord'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

const PORT = 'A port is a whole number from 1 to 65535.';
const portSchema = z.number(PORT).int(PORT).min(1, PORT).max(65_535, PORT);

const SIZE = 'A number of bytes.';

const SECRET_NAME = 'The name of a secret: letters, digits and _, not a digit first.';
const secretNameSchema = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, SECRET_NAME);

const ADDRESS = 'Addresses such as team@example.org.';
const FROM = 'An address such as ci@example.org, or Name <ci@example.org>.';

export const smtpSchema = z.object({
  host: z.string().trim().min(1, 'The name of the mail server, such as smtp.example.org.'),
  port: portSchema.default(587),
  /** TLS from the first byte; otherwise STARTTLS where the server has it. */
  secure: z.boolean().default(false),
  /** Refuses a server without STARTTLS. */
  requireTls: z.boolean().default(false),
  user: z.string().min(1, 'Leave it out when the server asks for none.').nullable().default(null),
  /** Name of the secret that is the password. */
  passwordSecret: secretNameSchema.nullable().default(null),
  from: z.string().regex(/^[^@\n]*[^@\s<]@[^@\s>]+>?$/, FROM),
});
export type SmtpSettings = z.infer<typeof smtpSchema>;

const WEBHOOK_URL = 'An http or https address, or the name of the secret that is one.';
/** An address, a text with `${{ }}`, or the bare name of a secret. */
const isWebhookUrl = (text: string): boolean =>
  text.includes('${{') ||
  secretNameSchema.safeParse(text).success ||
  z.url({ protocol: /^https?$/ }).safeParse(text).success;

const emailTargetSchema = z.object({
  to: z
    .array(z.string().regex(/^[^@\s]+@[^@\s]+$/, ADDRESS), ADDRESS)
    .min(1, ADDRESS)
    .max(50, 'At most 50 addresses.'),
  /** May hold `${{ }}`. */
  subject: z.string().min(1).optional(),
});
const webhookTargetSchema = z.object({
  url: z.string().refine(isWebhookUrl, WEBHOOK_URL),
  format: z.enum(WEBHOOK_FORMATS).optional(),
  /** The text in place of our own; may hold `${{ }}`. */
  template: z.string().min(1).optional(),
});

/** One way of telling, to try it: as a rule names it. */
export const testChannelSchema = z.discriminatedUnion('type', [
  emailTargetSchema.extend({ type: z.literal('email') }),
  webhookTargetSchema.extend({ type: z.literal('webhook') }),
]);
export type TestChannel = z.infer<typeof testChannelSchema>;

/** As `notifications` of a pipeline file, and for which project. */
export const notificationRuleSchema = z
  .object({
    when: z.array(z.enum(STATUS_CHANGES)).min(1, 'Choose at least one change.').optional(),
    /** Null: every project. */
    projectId: projectIdSchema.nullable().default(null),
    /** The rules that say it decide what the desktop tells; false alone: nothing. */
    desktop: z.boolean().optional(),
    email: emailTargetSchema.optional(),
    webhook: webhookTargetSchema.optional(),
  })
  .refine(
    ({ desktop, email, webhook }) => desktop !== undefined || email !== undefined || webhook !== undefined,
    'Choose at least one way to tell.',
  );
export type SettingRule = z.infer<typeof notificationRuleSchema>;

/** How e-mail leaves, and what every pipeline tells beside its own file. */
export const notificationSettingsSchema = z.object({
  smtp: smtpSchema.nullable().default(null),
  rules: z.array(notificationRuleSchema).max(200, 'At most 200 rules.').default([]),
});
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>;

/** Where webhooks are taken. */
export const triggerSettingsSchema = z.object({
  webhookEnabled: z.boolean().default(true),
  webhookHost: z
    .string()
    .trim()
    .min(1, 'The address of this machine to listen on, such as 127.0.0.1.')
    .regex(/^[A-Za-z0-9.:_-]*$/, 'A host name or an IP address, without port or path.')
    .default('127.0.0.1'),
  /** 0: a free one with each start. */
  webhookPort: z.number(PORT).int(PORT).min(0, PORT).max(65_535, PORT).default(47_811),
});
export type TriggerSettings = z.infer<typeof triggerSettingsSchema>;

/** What is kept, and how much caches may take. */
export const storageSettingsSchema = z.object({
  retention: retentionSettingsSchema.prefault({}),
  /** The caches that were used least recently go first. */
  cacheMaxBytes: z.number(SIZE).int(SIZE).min(0, SIZE).default(5_000_000_000),
});
export type StorageSettings = z.infer<typeof storageSettingsSchema>;

/** Every section, as it is in effect. */
export const settingsSchema = z.object({
  notifications: notificationSettingsSchema,
  triggers: triggerSettingsSchema,
  storage: storageSettingsSchema,
  telemetry: telemetrySettingsSchema,
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingsSection = keyof Settings;
export const STORED_SECTIONS = [
  'notifications',
  'triggers',
  'storage',
  'telemetry',
] as const satisfies readonly SettingsSection[];

/** A section as a whole, in place of what was set. */
export const settingChangeSchema = z.discriminatedUnion('section', [
  z.object({ section: z.literal('notifications'), value: notificationSettingsSchema }),
  z.object({ section: z.literal('triggers'), value: triggerSettingsSchema }),
  z.object({ section: z.literal('storage'), value: storageSettingsSchema }),
  z.object({ section: z.literal('telemetry'), value: telemetrySettingsSchema }),
]);
export type SettingChange = z.infer<typeof settingChangeSchema>;
