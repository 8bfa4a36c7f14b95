import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDummyPlaces } from '#main/executors/dummy/dummy-places.ts';
import { createProcessExecutor } from '#main/executors/process/process-executor.ts';
import { createWatchdog } from '#main/executors/process/watchdog.ts';
import { LOCAL } from '#shared/pipeline/plan-place.ts';
import { openAttempt } from './attempt.ts';
import type { ContractSubject } from './contract-subject.ts';
import { executorContract } from './executor-contract.ts';

function makeProcess(): ContractSubject {
  const watchdog = createWatchdog();
  return {
    // As the engine does: a stage of this machine needs no place to be made.
    places: createDummyPlaces(createProcessExecutor({ watchdog })),
    place: LOCAL,
    [Symbol.asyncDispose]: () => {
      watchdog.close();
      return Promise.resolve();
    },
  };
}

// Scripts of the contract are for a POSIX shell.
describe.runIf(process.platform !== 'win32')('on this machine', () => {
  executorContract('process', () => Promise.resolve(makeProcess()), {
    runsScripts: true,
    tellsSignals: true,
    tellsWhyNotStarted: true,
    bringsAnyName: true,
  });

  describe('the process executor alone', () => {
    let subject: ContractSubject;
    beforeAll(() => {
      subject = makeProcess();
    });
    afterAll(() => subject[Symbol.asyncDispose]());

    it('runs scripts of other interpreters', async () => {
      await using attempt = await openAttempt(subject);
      await attempt.step('console.log(6 * 7)', { shell: 'node' });
      expect(attempt.log.bytes('stdout').toString()).toBe('42\n');
    });

    it('ignores other files in the command folder', async () => {
      await using attempt = await openAttempt(subject);
      const prefix = attempt.place.seenCommandPrefix;
      writeFileSync(`${prefix}script.sh`, 'true');
      writeFileSync(path.join(path.dirname(prefix), 'other'), 'true');
      expect(await attempt.place.readCommandFiles(prefix)).toEqual({});
    });
  });
});
