import type { PlaceRequest, ServiceFacts } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';

/** Services that are ready, as steps on this machine reach them. */
export interface OpenedServices {
  readonly facts: Readonly<Record<string, ServiceFacts>>;
  /** Removes them. Idempotent; never rejects. */
  close(): Promise<void>;
}

/** Starts services on this machine, for steps that do not run in a container of theirs. */
export interface ServiceOpener {
  /** Starts the services of a request, if it has any; as `Places.open` in what it throws. */
  open(request: PlaceRequest, signal: AbortSignal): Promise<OpenedServices>;
  /** Removes what is left of a run's services. Asks nobody about a run without. Never rejects. */
  release(runId: RunId): Promise<void>;
}
