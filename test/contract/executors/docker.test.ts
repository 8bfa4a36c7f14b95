import { describe } from 'vitest';
import { createDockerPlaces } from '#main/executors/docker/docker-places.ts';
import { containerOf } from '#shared/pipeline/plan-place.ts';
import { systemClock } from '#main/host/system-clock.ts';
import { isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { executorContract } from './executor-contract.ts';

// Skipped where there is no Docker: start it, or set CI to have that fail.
describe.skipIf(isDockerMissing())('over a real daemon', () => {
  executorContract(
    'docker',
    () => {
      makeShellImage();
      const owner = { hostId: 'contract', pid: process.pid, startedAt: Date.now() };
      return Promise.resolve({
        places: createDockerPlaces({ owner, clock: systemClock, isOver: () => false }),
        place: {
          type: 'container',
          container: { ...containerOf(SHELL_IMAGE), pull: 'never' },
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
    { runsScripts: true, tellsSignals: false, tellsWhyNotStarted: true, bringsAnyName: true },
  );
});
