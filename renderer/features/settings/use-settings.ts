import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { SettingChange } from '#shared/api/setting-schemas.ts';

const KEY = ['settings'] as const;

/** Every section of the settings as it is in effect. */
export function useSettings() {
  const { client } = useBridge();
  return useRemote(KEY, (signal) => client.setting.get(undefined, { signal }));
}

/** Stores a section; the screens show it at once. Throws what the call threw. */
export function useSaveSetting(): (change: SettingChange) => Promise<void> {
  const { client, cache } = useBridge();
  return async (change) => cache.put(KEY, await client.setting.set(change));
}
