import type { Executor, Places } from '#main/engine/ports.ts';

/** Places that are not made: every step goes to the executor, whatever its stage asks for, and no service runs. */
export function createDummyPlaces(executor: Executor): Places {
  return {
    open: (request) =>
      Promise.resolve({
        execute: (step, signal) => executor.execute(step, signal),
        readCommandFiles: (prefix) => executor.readCommandFiles(prefix),
        services: {},
        sharesFiles: true,
        seenWorkspace: request.workspace,
        seenCommandPrefix: request.commandPrefix,
        baseEnv: null,
        paths: { separator: '/', delimiter: ':' },
        collect: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }),
    release: (runId) => executor.release(runId),
  };
}
