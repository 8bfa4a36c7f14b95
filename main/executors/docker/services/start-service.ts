import { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import type { Clock, PlaceRequest, RunOwner, ServiceFacts } from '#main/engine/ports.ts';
import type { PlannedContainerService } from '#shared/pipeline/plan-place.ts';
import { notHealthy, tellReady, unhealthyError } from '../../services/service-words.ts';
import type { DockerDaemon } from '../docker-client.ts';
import { ensureImage } from '../pull-image.ts';
import { refuseFolders } from '../remote/refuse-folders.ts';
import { serviceWithOptions } from '../with-options.ts';
import { checkService } from './check-service.ts';
import { secretVariables } from './secret-variables.ts';
import { type ImageFacts, serviceConfig, type ServiceSurroundings } from './service-config.ts';
import { copyOutput, type ServiceOutput } from './service-output.ts';
import { factsInside, factsOutside, publishedHost } from './service-ports.ts';
import { startError } from './start-error.ts';

export interface ServiceEngine {
  readonly daemon: DockerDaemon;
  readonly clock: Clock;
  readonly owner: RunOwner;
  /** The user's Docker configuration, with the credentials for images. */
  readonly configDir: string;
}

const DRAIN_MS = 2_000;

/**
 * Starts one service and waits until it is ready.
 * @param onMade called with the way to remove it as soon as there is something; also when it does not get ready
 * @throws AppError `service-unhealthy`, `address-in-use`, `place-failed`. Rejects with the signal's reason when it aborts.
 */
export async function startService(
  engine: ServiceEngine,
  asked: PlannedContainerService,
  around: ServiceSurroundings,
  request: PlaceRequest,
  onMade: (close: () => Promise<void>) => void,
  signal: AbortSignal,
): Promise<ServiceFacts> {
  const { daemon, clock, configDir } = engine;
  const startedAt = clock.now();
  const service = serviceWithOptions(asked);
  const { image } = service;
  if (!daemon.seesLocalFiles) refuseFolders(daemon.address, service.mounts);
  await ensureImage(daemon, { ...service, log: request.log, configDir }, signal);
  signal.throwIfAborted();
  const { options, ports, secret } = serviceConfig(service, await factsOf(daemon, service), around, request);
  const input = secretVariables(service.id, secret);

  const { container, output } = await make(engine, service, options, input, request, onMade);
  const env = Object.entries(secret).map(([name, value]) => `${name}=${value}`);
  const { isHealthy, said, hasEnded } = await checkService(container, service.health, env, clock, signal);
  if (!isHealthy) {
    if (hasEnded) await output.ended;
    const what = await describeFailure(container, service, hasEnded);
    // The check of one that has ended can only say that it could not be made.
    const saidLast = hasEnded ? (output.tail.lines(1)[0] ?? said) : said;
    throw await unhealthyError(request.log, service, what, saidLast, output.tail);
  }
  const { NetworkSettings: network } = await container.inspect();
  const facts =
    around.publishTo === null
      ? factsInside(service.id, ports)
      : factsOutside(publishedHost(daemon.address), network.Ports);
  await tellReady(request.log, service, image, facts, clock.now() - startedAt);
  return facts;
}

interface MadeService {
  readonly container: Docker.Container;
  readonly output: ServiceOutput;
}

/** Creates the container, listens to it and starts it. */
async function make(
  { daemon: { docker }, clock }: ServiceEngine,
  service: PlannedContainerService,
  options: Docker.ContainerCreateOptions,
  input: string,
  request: PlaceRequest,
  onMade: (close: () => Promise<void>) => void,
): Promise<MadeService> {
  try {
    const container = await docker.createContainer(options);
    let close = (): Promise<void> => remove(container);
    onMade(() => close());
    if (service.network !== null)
      await docker
        .getNetwork(service.network)
        .connect({ Container: container.id, EndpointConfig: { Aliases: [service.id] } });
    const stream = await container.attach({
      ...{ stream: true, stdout: true, stderr: true, hijack: true },
      stdin: input !== '',
    });
    // Hijacked, it is the socket itself.
    if (!(stream instanceof Duplex)) throw new TypeError('Docker gave no connection to the container.');
    const log = request.openServiceLog(service.id);
    const output = copyOutput(stream, log);
    let isStarted = false;
    close = async () => {
      await remove(container);
      // Of a container that never ran, nothing ends the connection.
      if (!isStarted) stream.destroy();
      // A daemon that keeps the connection open must not keep the stage.
      const stop = clock.after(DRAIN_MS, () => stream.destroy());
      await output.ended;
      stop();
      // What cannot be closed could not be written, and the service is gone all the same.
      await log.close().catch(() => undefined);
    };
    await container.start();
    isStarted = true;
    if (input !== '') stream.end(input);
    return { container, output };
  } catch (error) {
    throw startError(service, input !== '', error);
  }
}

/** By force: nothing of a service is kept. What is left when the daemon does not answer is found by its labels. */
async function remove(container: Docker.Container): Promise<void> {
  await container.remove({ force: true, v: true }).catch(() => undefined);
}

async function factsOf({ docker }: DockerDaemon, { image }: PlannedContainerService): Promise<ImageFacts> {
  const { Config: config } = await docker.getImage(image).inspect();
  const words = (value: string | string[] | null | undefined): readonly string[] =>
    typeof value === 'string' ? [value] : (value ?? []);
  return {
    entrypoint: words(config.Entrypoint),
    command: words(config.Cmd),
    exposed: keysOf(config.ExposedPorts),
  };
}

/** An image without ports has no such key, whatever the types say. */
const keysOf = (value: object | undefined): readonly string[] => Object.keys(value ?? {});

async function describeFailure(
  container: Docker.Container,
  { health }: PlannedContainerService,
  hasEnded: boolean,
): Promise<string> {
  if (!hasEnded) return notHealthy(health?.retries ?? null);
  const { State: state } = await container.inspect();
  return state.OOMKilled
    ? 'ran out of memory before it was ready'
    : `ended with exit code ${state.ExitCode} before it was ready`;
}
