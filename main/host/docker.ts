import type { ImageBuilds, ImagePushes } from '#main/engine/image-ports.ts';
import type { Clock, Places, RunOwner } from '#main/engine/ports.ts';
import type { ShellPlace } from '#main/engine/shell-place.ts';
import type { Store } from '#main/store/open-store.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { isContainerService } from '#shared/pipeline/plan-place.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { createDockerLeftovers } from './docker-leftovers.ts';
import { readRun } from './runs/read-run.ts';

export interface HostDockerOptions {
  readonly owner: RunOwner;
  readonly clock: Clock;
  readonly store: Pick<Store, 'runs' | 'events'>;
  readonly dataDir: string;
}

/** Docker as a host uses it: its code is loaded, and its daemon asked, with the first stage that needs it. */
export interface HostDocker {
  readonly places: Places;
  /** In the container of a paused attempt, or in one like it. */
  readonly shells: ShellPlace;
  readonly images: ImageBuilds;
  readonly pushes: ImagePushes;
  /** Removes what a run of a dead host left at the daemon; asks nobody when the run had nothing there. Never rejects. */
  endLeftovers(runId: RunId): Promise<void>;
  /** Removes, in the background and until it succeeds, what runs have left whose daemon was away when they ended. */
  endAllLeftovers(): void;
  /** Ends what goes on in the background; what could not be removed is kept for the next start. */
  close(): Promise<void>;
}

export function createHostDocker({ owner, clock, store, dataDir }: HostDockerOptions): HostDocker {
  // One that is not stored is of another data folder: somebody else works at it, or cleans up after it.
  const isOver = (runId: RunId): boolean => statusOf(store, runId) === 'over';
  const left = createDockerLeftovers({ dataDir, isActive: (runId) => statusOf(store, runId) === 'active' });
  let loading: Promise<Places> | null = null;
  const load = (): Promise<Places> =>
    (loading ??= import('#main/executors/docker/docker-places.ts').then(({ createDockerPlaces }) =>
      createDockerPlaces({ owner, clock, isOver, onLeft: (runId) => left.add(runId) }),
    ));
  return {
    places: {
      open: async (request, signal) => (await load()).open(request, signal),
      release: async (runId) => (await loading)?.release(runId),
    },
    shells: {
      async open(request) {
        const { createDockerShell } = await import('#main/executors/docker/docker-shell.ts');
        return createDockerShell({ owner }).open(request);
      },
    },
    images: {
      async build(wish, onLine, signal) {
        const { createImageBuilds } = await import('#main/executors/docker/build-named-image.ts');
        return createImageBuilds().build(wish, onLine, signal);
      },
    },
    pushes: {
      look: async (wish, signal) => (await loadPushes()).look(wish, signal),
      push: async (wish, onLine, signal) => (await loadPushes()).push(wish, onLine, signal),
    },
    async endLeftovers(runId) {
      if (!readRun(store.events, runId).plan.stages.some(usesDocker)) return;
      if (!(await left.end(runId))) await left.add(runId).catch(() => undefined);
    },
    endAllLeftovers: () => left.endAll(),
    close: () => left.close(),
  };
}

async function loadPushes(): Promise<ImagePushes> {
  const { createImagePushes } = await import('#main/executors/docker/push-image.ts');
  return createImagePushes();
}

function usesDocker({ place, services = [] }: PlannedStage): boolean {
  return place?.type === 'container' || services.some(isContainerService);
}

function statusOf(store: HostDockerOptions['store'], runId: RunId): 'active' | 'over' | 'not stored' {
  try {
    return isFinalRunStatus(store.runs.get(runId).status) ? 'over' : 'active';
  } catch (error) {
    if (toAppError(error).code === 'run-not-found') return 'not stored';
    throw error;
  }
}
