import type { Host } from '#main/host/create-host.ts';
import { guarded, os } from './implementer.ts';

export function hostProcedures({ sshHosts }: Host) {
  return {
    list: os.host.list.handler(() => sshHosts.list()),
    suggestions: os.host.suggestions.handler(() => sshHosts.suggestions()),
    save: os.host.save.handler(({ input }) => sshHosts.save(input)),
    remove: os.host.remove.handler(({ input }) => ({ removed: sshHosts.remove(input.name) })),
    test: os.host.test.handler(({ input, signal }) =>
      guarded(sshHosts.test(input.name, signal ?? new AbortController().signal)),
    ),
    acceptKey: os.host.acceptKey.handler(({ input, signal }) =>
      sshHosts.acceptKey(input.name, input.fingerprint, signal ?? new AbortController().signal),
    ),
  };
}
