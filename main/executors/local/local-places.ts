import type {
  ExecutionRequest,
  Executor,
  OpenPlace,
  PlaceRequest,
  Places,
  ServiceFacts,
} from '#main/engine/ports.ts';

/** Services that are ready, as steps on this machine reach them. */
export interface LocalServices {
  readonly facts: Readonly<Record<string, ServiceFacts>>;
  /** Removes them. Idempotent; never rejects. */
  close(): Promise<void>;
}

export interface LocalPlacesOptions {
  readonly executor: Executor;
  readonly paths: OpenPlace['paths'];
  readonly services: {
    /** Starts the services of a request; as `Places.open` in what it throws. */
    open(request: PlaceRequest, signal: AbortSignal): Promise<LocalServices>;
    /** Removes what is left of a run's services. */
    readonly release: Places['release'];
  };
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
