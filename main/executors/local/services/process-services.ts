import type { PlaceRequest } from '#main/engine/ports.ts';
import { isContainerService } from '#shared/pipeline/plan-place.ts';
import { startTogether } from '../../services/start-together.ts';
import type { OpenedServices } from '../../services/service-opener.ts';
import type { ServiceMachine } from './service-machine.ts';
import { startProcess } from './start-process.ts';

/**
 * Starts the services of an attempt that are processes of this machine beside each other, in the stage's workspace.
 * @throws AppError as `startProcess`. Rejects with the signal's reason when it aborts. Nothing is left then.
 */
export async function openProcessServices(
  machine: ServiceMachine,
  request: PlaceRequest,
  signal: AbortSignal,
): Promise<OpenedServices> {
  const started: (() => Promise<void>)[] = [];
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> =>
    (closing ??= Promise.all(started.map((end) => end())).then(() => undefined));
  const services = request.services.flatMap((service) => (isContainerService(service) ? [] : [service]));
  try {
    const facts = await startTogether(
      services.map((service) => async (until) => {
        const onStarted = (end: () => Promise<void>): unknown => started.push(end);
        return [service.id, await startProcess(machine, service, request, onStarted, until)] as const;
      }),
      signal,
    );
    return { facts: Object.fromEntries(facts), close };
  } catch (error) {
    await close();
    throw error;
  }
}
