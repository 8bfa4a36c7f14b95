import { interpolate } from '#shared/expressions/interpolate.ts';
import type { ExpressionFunctions } from '#shared/expressions/evaluate-expression.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { mapPlace, mapServices } from '#shared/pipeline/map-place.ts';
import { isOnHost, LOCAL, type PlannedPlace, type PlannedResources } from '#shared/pipeline/plan-place.ts';
import { labelWords } from '#shared/pipeline/place-words.ts';
import { placeProblem } from '#shared/pipeline/place-values.ts';
import { serviceLogOf } from '#shared/run/service-log.ts';
import { createUsageMeter, metered, type UsageMeter } from './attempt-usage.ts';
import type { EnginePorts } from './engine.ts';
import type { LogSink, OpenPlace } from './ports.ts';
import type { AttemptRequest } from './run-attempt.ts';

/** What an attempt's place is opened for. */
export interface PlaceNeeds {
  readonly log: LogSink;
  readonly workspace: string;
  readonly commandPrefix: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly functions: ExpressionFunctions;
}

/** Where the steps of an attempt run, ready, with an eye on what they use. */
export async function openPlace(request: AttemptRequest, needs: PlaceNeeds): Promise<OpenPlace> {
  const { ports, stage, attempt, emit } = request;
  const meter = createUsageMeter(ports.clock, (usage) =>
    emit([{ type: 'attempt-usage', stage: stage.id, attempt, usage }]),
  );
  return metered(await openUnmetered(request, needs, meter), meter);
}

/** A stage of this machine without services needs nothing made. */
async function openUnmetered(
  request: AttemptRequest,
  needs: PlaceNeeds,
  meter: UsageMeter,
): Promise<OpenPlace> {
  const { ports, run, stage, attempt, signal, onProcess } = request;
  const { place = LOCAL, services = [], resources = null } = stage;
  const { log, workspace, commandPrefix, secrets, contexts, functions } = needs;
  if (place.type === 'local' && services.length === 0)
    return localPlace(ports, workspace, commandPrefix, resources);
  const evaluate = (text: string): string => interpolate(text, contexts, functions);
  const hidden = Object.values(secrets);
  const openServiceLog = (service: string): LogSink => {
    const opened = ports.logs.open(run.runId, serviceLogOf(stage.id, service), attempt);
    return hidden.length === 0 ? opened : ports.secrets.mask(opened, hidden);
  };
  const evaluated = { place: mapPlace(place, evaluate), services: mapServices(services, evaluate) };
  const problem = placeProblem(evaluated.place, evaluated.services);
  if (problem !== null)
    throw new AppError('place-invalid', `Stage ${stage.id} has no place to run: ${problem}.`);
  return ports.places.open(
    {
      runId: run.runId,
      stage: stage.id,
      attempt,
      ...evaluated,
      place: onHost(request, evaluated.place),
      resources,
      workspace,
      commandPrefix,
      log,
      openServiceLog,
      holdsSecret: (text) => hidden.length > 0 && ports.secrets.contains(text, hidden),
      onProcess,
      graceMs: stage.graceMs ?? ports.graceMs,
      onUsage: meter.part().report,
    },
    signal.signal,
  );
}

/** A stage on a host runs on the one of which it has slots. */
function onHost({ stage, state }: AttemptRequest, place: PlannedPlace): PlannedPlace {
  if (!isOnHost(place)) return place;
  const { host } = state();
  if (host !== undefined) return { type: 'ssh', host };
  if (place.type !== 'ssh-labels') return place;
  throw new AppError(
    'host-missing',
    `Stage ${stage.id} has no place to run: no host has ${labelWords(place.labels)}.`,
    { hint: 'Register one with `pipewright hosts add NAME --label LABEL`, or on the screen Hosts.' },
  );
}

function localPlace(
  ports: EnginePorts,
  workspace: string,
  commandPrefix: string,
  limits: PlannedResources | null,
): OpenPlace {
  const { local } = ports.executors;
  return {
    execute: (request, signal) => local.execute({ ...request, limits }, signal),
    readCommandFiles: (prefix) => local.readCommandFiles(prefix),
    services: {},
    sharesFiles: true,
    seenWorkspace: workspace,
    seenCommandPrefix: commandPrefix,
    baseEnv: null,
    paths: ports.paths,
    collect: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
