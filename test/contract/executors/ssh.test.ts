import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe } from 'vitest';
import { createSshPlaces } from '#main/executors/ssh/create-ssh-places.ts';
import { NO_SERVICES } from '#test/support/no-services.ts';
import { isSshdMissing, startSshd } from '#test/support/sshd.ts';
import { executorContract } from './executor-contract.ts';

// Skipped where there is no OpenSSH server: install it, or set CI to have that fail.
describe.skipIf(isSshdMissing())('over a real server', () => {
  executorContract(
    'ssh',
    async () => {
      const sshd = await startSshd();
      const dataDir = mkdtempSync(path.join(tmpdir(), 'pipewright-contract-data-'));
      const env = { ...process.env, PIPEWRIGHT_SSH_CONFIG: sshd.configFile };
      const places = createSshPlaces({ dataDir, env, services: NO_SERVICES });
      return {
        places,
        place: { type: 'ssh', host: sshd.host },
        async [Symbol.asyncDispose]() {
          await places.close();
          await sshd[Symbol.asyncDispose]();
          rmSync(dataDir, { recursive: true, force: true });
        },
      };
    },
    { runsScripts: true, tellsSignals: false, tellsWhyNotStarted: true, bringsAnyName: true },
  );
});
