import type { Host } from '#main/host/create-host.ts';
import { grantTrust, viewTrust } from '#main/host/trust.ts';
import { os } from './implementer.ts';

export function trustProcedures(host: Host) {
  return {
    get: os.trust.get.handler(({ input }) => viewTrust(host, input)),
    grant: os.trust.grant.handler(({ input: { digest, ...key } }) => grantTrust(host, key, 'asked', digest)),
    revoke: os.trust.revoke.handler(({ input }) => ({ revoked: host.trust.revoke(input) })),
    list: os.trust.list.handler(({ input }) => host.store.trust.latest(input.projectId)),
  };
}
