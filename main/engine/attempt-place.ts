import { interpolate } from '#shared/expressions/interpolate.ts';
import type { ExpressionFunctions } from '#shared/expressions/evaluate-expression.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { mapPlace, mapServices } from '#shared/pipeline/map-place.ts';
import { LOCAL } from '#shared/pipeline/plan-place.ts';
import { placeProblem } from '#shared/pipeline/place-values.ts';
import { serviceLogOf } from '#shared/run/service-log.ts';
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

/** Where the steps of an attempt run, ready; a stage of this machine without services or limits needs nothing made. */
export async function openPlace(request: AttemptRequest, needs: PlaceNeeds): Promise<OpenPlace> {
  const { ports, run, stage, attempt, signal, onProcess } = request;
  const { place = LOCAL, services = [], resources = null } = stage;
  const { log, workspace, commandPrefix, secrets, contexts, functions } = needs;
  if (place.type === 'local' && services.length === 0 && resources === null)
    return localPlace(ports, workspace, commandPrefix);
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
      resources,
      workspace,
      commandPrefix,
      log,
      openServiceLog,
      holdsSecret: (text) => hidden.length > 0 && ports.secrets.contains(text, hidden),
      onProcess,
      graceMs: ports.graceMs,
    },
    signal.signal,
  );
}

function localPlace(ports: EnginePorts, workspace: string, commandPrefix: string): OpenPlace {
  const { local } = ports.executors;
  return {
    execute: (request, signal) => local.execute(request, signal),
    readCommandFiles: (prefix) => local.readCommandFiles(prefix),
    services: {},
    seenWorkspace: workspace,
    seenCommandPrefix: commandPrefix,
    baseEnv: null,
    paths: ports.paths,
    collect: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
