import { AppError } from '#shared/lib/app-error.ts';
import type { PlannedContainerService } from '#shared/pipeline/plan-place.ts';
import { dockerError, reasonOfFailure } from '../docker-error.ts';

const TAKEN =
  /port is already allocated|address already in use|ports are not available|only one usage of each/i;

/** Why the container of a service did not start, for people. */
export function startError(service: PlannedContainerService, hasSecrets: boolean, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const says = reasonOfFailure(error);
  if (TAKEN.test(says)) {
    const port = /:(\d+)(?:->[\w:.-]*)?(?:\/\w+)?(?: failed|: bind|:? )/.exec(says)?.[1];
    const which = port === undefined ? 'a port' : `port ${port}`;
    const message = `Service ${service.id} needs ${which} of this machine, which is taken.`;
    const hint = 'Free it, or write only the port in the container: then one is chosen that is free.';
    return new AppError('address-in-use', message, { hint, cause: error });
  }
  if (hasSecrets && /\/bin\/sh.*no such file|no such file.*\/bin\/sh/i.test(says)) {
    const message = `Service ${service.id} cannot be given its secrets: ${service.image} has no /bin/sh to take them.`;
    const hint = 'Take an image with a shell, or mount a file that the service reads them from.';
    return new AppError('place-failed', message, { hint, cause: error });
  }
  return dockerError(error, `start service ${service.id}`);
}
