import type { Places } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { PlannedPlace } from '#shared/pipeline/plan-place.ts';

/** Who opens each type of place: `local` is this machine with services or limits. */
export type PlaceMakers = Readonly<Partial<Record<PlannedPlace['type'], Places>>>;

/** Hands each place to the adapter that opens it. */
export function createPlaces(makers: PlaceMakers): Places {
  return {
    open: (request, signal) => {
      const { type } = request.place;
      const maker = makers[type];
      if (maker !== undefined) return maker.open(request, signal);
      return Promise.reject(new AppError('unsupported-place', `This host opens no ${type} places.`));
    },
    async release(runId: RunId) {
      for (const maker of new Set(Object.values(makers))) await maker.release(runId);
    },
  };
}
