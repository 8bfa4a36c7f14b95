import type { Places } from '#main/engine/ports.ts';
import { createSshPlaces } from '#main/executors/ssh/create-ssh-places.ts';
import type { ServiceOpener } from '#main/executors/services/service-opener.ts';
import type { RunId } from '#shared/lib/ids.ts';

export interface HostSsh {
  readonly places: Places;
  /** Ends what a run that nobody goes on with has left on hosts, as far as they can be reached within ten seconds. */
  endLeftovers(runId: RunId): Promise<void>;
  /**
   * Asks the hosts of all runs that are over once more, in the background; ends early with `close`.
   * @param isActive false also for a run that is not stored any more
   */
  endAllLeftovers(isActive: (runId: RunId) => boolean): void;
  close(): Promise<void>;
}

/** The start of a host waits for this, and a host of OpenSSH that is away is no reason to wait long. */
const LEFTOVERS_MS = 10_000;

export function createHostSsh(dataDir: string, env: NodeJS.ProcessEnv, services: ServiceOpener): HostSsh {
  const places = createSshPlaces({ dataDir, env, services });
  const closing = new AbortController();
  let background: Promise<void> = Promise.resolve();
  return {
    places,
    endLeftovers: (runId) => places.endLeftovers([runId], AbortSignal.timeout(LEFTOVERS_MS)),
    endAllLeftovers(isActive) {
      background = places.leftovers().then((runIds) =>
        places.endLeftovers(
          runIds.filter((runId) => !isActive(runId)),
          closing.signal,
        ),
      );
    },
    async close() {
      closing.abort();
      await places.close();
      await background;
    },
  };
}
