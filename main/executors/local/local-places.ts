import type { ExecutionRequest, Executor, OpenPlace, Places } from '#main/engine/ports.ts';
import type { ServiceOpener } from '../services/service-opener.ts';

export interface LocalPlacesOptions {
  readonly executor: Executor;
  readonly paths: OpenPlace['paths'];
  readonly services: ServiceOpener;
}

/** This machine itself, with services beside the steps. */
export function createLocalPlaces({ executor, paths, services }: LocalPlacesOptions): Places {
  return {
    async open(request, signal) {
      const { resources: limits, workspace, commandPrefix } = request;
      const opened = await services.open(request, signal);
      return {
        execute: (step: ExecutionRequest, stepSignal) => executor.execute({ ...step, limits }, stepSignal),
        readCommandFiles: (prefix) => executor.readCommandFiles(prefix),
        services: opened.facts,
        sharesFiles: true,
        seenWorkspace: workspace,
        seenCommandPrefix: commandPrefix,
        baseEnv: null,
        paths,
        collect: () => Promise.resolve(),
        close: () => opened.close(),
      };
    },
    release: (runId) => services.release(runId),
  };
}
