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
  /** Starts the services of a request; as `Places.open` in what it throws. */
  readonly openServices: (request: PlaceRequest, signal: AbortSignal) => Promise<LocalServices>;
  /** Removes what is left of a run's services. */
  readonly releaseServices: Places['release'];
}

/** This machine itself, with services beside the steps. */
export function createLocalPlaces(options: LocalPlacesOptions): Places {
  const { executor, paths, openServices, releaseServices } = options;
  /** Runs of which there may be something to release: asking Docker costs a stage without services more than all else. */
  const withServices = new Set<PlaceRequest['runId']>();
  return {
    async open(request, signal) {
      const { services, resources: limits, workspace, commandPrefix } = request;
      if (services.length > 0) withServices.add(request.runId);
      const opened = services.length === 0 ? NO_SERVICES : await openServices(request, signal);
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
    async release(runId) {
      if (withServices.delete(runId)) await releaseServices(runId);
    },
  };
}

const NO_SERVICES: LocalServices = { facts: {}, close: () => Promise.resolve() };
