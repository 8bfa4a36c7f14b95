import { createDummyExecutor, type DummyStage } from '#main/executors/dummy/dummy-executor.ts';
import { createDummyPlaces } from '#main/executors/dummy/dummy-places.ts';
import { LOCAL } from '#shared/pipeline/plan-place.ts';
import { executorContract } from './executor-contract.ts';

const clock = {
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

executorContract(
  'dummy',
  () => {
    const script: Record<string, DummyStage> = {};
    return Promise.resolve({
      places: createDummyPlaces(createDummyExecutor(clock, script)),
      place: LOCAL,
      script: (stage, what) => {
        script[stage] = what;
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  },
  { runsScripts: false, tellsSignals: true, tellsWhyNotStarted: false, bringsAnyName: false },
);
