import os from 'node:os';
import { describe } from 'vitest';
import { connectDocker } from '#main/executors/docker/docker-client.ts';
import { createDockerPlaces } from '#main/executors/docker/docker-places.ts';
import { containerOf } from '#shared/pipeline/plan-place.ts';
import { systemClock } from '#main/host/system-clock.ts';
import { isDockerMissing } from '#test/support/docker.ts';
import { startTlsDocker } from '#test/support/docker-tls.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { executorContract } from './executor-contract.ts';

// Skipped where there is no Docker: start it, or set CI to have that fail.
describe.skipIf(isDockerMissing())('over a daemon that sees no files of this machine', () => {
  executorContract(
    'docker',
    async () => {
      makeShellImage();
      const remote = await startTlsDocker();
      const owner = { hostId: 'contract', pid: process.pid, startedAt: Date.now() };
      const env = { ...process.env, ...remote.env };
      const { platform } = process;
      return {
        places: createDockerPlaces({
          ...{ owner, clock: systemClock, isOver: () => false },
          connect: () => connectDocker({ env, platform, home: os.homedir() }),
        }),
        place: {
          type: 'container',
          container: { ...containerOf(SHELL_IMAGE), pull: 'never' },
        },
        [Symbol.asyncDispose]: () => remote[Symbol.asyncDispose](),
      };
    },
    { runsScripts: true, tellsSignals: false, tellsWhyNotStarted: true, bringsAnyName: false },
  );
});
