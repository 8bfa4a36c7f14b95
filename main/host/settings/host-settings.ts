import type { Settings as StoredSettings } from '#main/store/settings.ts';
import type { SettingChange, Settings, SettingsSection } from '#shared/api/setting-schemas.ts';
import { readTelemetrySettings } from '#shared/api/telemetry-settings.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { CACHE_LIMIT_KEY, RETENTION_KEY } from '../storage/retention-settings.ts';
import { readNotificationSettings, readStorageSettings, readTriggerSettings } from './read-settings.ts';

/** The settings of a data folder by section, for the contract and for what has to follow a change. */
export interface HostSettings {
  read(): Settings;
  /** Stores a section and answers with all. */
  write(change: SettingChange): Settings;
  /** Called after a write of this host; those of other hosts are seen when the settings are read. The returned function ends it. */
  onChange(listener: (section: SettingsSection) => void): () => void;
}

export function createHostSettings(stored: StoredSettings): HostSettings {
  const listeners = new Set<(section: SettingsSection) => void>();
  const read = (): Settings => ({
    notifications: readNotificationSettings(stored),
    triggers: readTriggerSettings(stored),
    storage: readStorageSettings(stored),
    telemetry: readTelemetrySettings(stored.get('telemetry')),
  });
  return {
    read,
    write(change) {
      store(stored, change);
      for (const listener of listeners) listener(change.section);
      return read();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function store(stored: StoredSettings, change: SettingChange): void {
  switch (change.section) {
    case 'notifications':
    case 'triggers':
    case 'telemetry':
      stored.set(change.section, change.value);
      return;
    case 'storage':
      stored.set(RETENTION_KEY, change.value.retention);
      stored.set(CACHE_LIMIT_KEY, change.value.cacheMaxBytes);
      return;
    default:
      assertNever(change);
  }
}
