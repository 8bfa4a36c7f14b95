import type { z } from 'zod';
import type { Settings as StoredSettings } from '#main/store/settings.ts';
import {
  type NotificationSettings,
  notificationRuleSchema,
  smtpSchema,
  type StorageSettings,
  type TriggerSettings,
  triggerSettingsSchema,
} from '#shared/api/setting-schemas.ts';
import { readCacheLimit, readRetentionSettings } from '../storage/retention-settings.ts';

// What another Pipewright or a hand wrote may not fit: what does counts, what does not is as if it were not set.

/** The setting `notifications`. */
export function readNotificationSettings(settings: StoredSettings): NotificationSettings {
  const stored = settings.get('notifications');
  const { smtp, rules } = isRecord(stored) ? stored : {};
  return {
    smtp: smtpSchema.safeParse(smtp).data ?? null,
    rules: (Array.isArray(rules) ? rules : []).flatMap((rule: unknown) => {
      const { data } = notificationRuleSchema.safeParse(rule);
      return data === undefined ? [] : [data];
    }),
  };
}

/** The setting `triggers`. */
export function readTriggerSettings(settings: StoredSettings): TriggerSettings {
  return parseOr(triggerSettingsSchema, settings.get('triggers'));
}

/** The settings `retention` and `caches.maxBytes`. */
export function readStorageSettings(settings: StoredSettings): StorageSettings {
  return { retention: readRetentionSettings(settings), cacheMaxBytes: readCacheLimit(settings) };
}

function parseOr<Schema extends z.ZodType>(schema: Schema, stored: unknown): z.output<Schema> {
  const parsed = schema.safeParse(stored ?? {});
  return parsed.success ? parsed.data : schema.parse({});
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
