import type { Host } from '#main/host/create-host.ts';
import { os } from './implementer.ts';

export function secretProcedures({ vault, keyKeeper }: Host) {
  return {
    list: os.secret.list.handler(async ({ input }) => {
      const secrets = await vault.list();
      return secrets.filter(({ scope }) => scope.type === 'global' || scope.projectId === input.projectId);
    }),
    key: os.secret.key.handler(() => keyKeeper.keeping()),
    keepKey: os.secret.keepKey.handler(({ input }) => keyKeeper.keepIn(input.place)),
    set: os.secret.set.handler(({ input }) => vault.set(input.name, input.scope, input.value)),
    remove: os.secret.remove.handler(async ({ input }) => ({
      removed: await vault.remove(input.name, input.scope),
    })),
  };
}
