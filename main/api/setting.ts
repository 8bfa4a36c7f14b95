import type { Host } from '#main/host/create-host.ts';
import { os } from './implementer.ts';

export function settingProcedures({ settings }: Host) {
  return {
    get: os.setting.get.handler(() => settings.read()),
    set: os.setting.set.handler(({ input }) => settings.write(input)),
  };
}
