import { interpolate } from '#shared/expressions/interpolate.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { mapTexts } from './map-texts.ts';
import type { AttemptRequest, AttemptResult } from './run-attempt.ts';
import { stageContexts } from './stage-environment.ts';

/** The values of the secrets that the stage names, of the environment that it deploys to. */
export function resolveSecrets({
  ports,
  run,
  stage,
  attempt,
}: AttemptRequest): Promise<Readonly<Record<string, string>>> {
  if (stage.secrets.length === 0) return Promise.resolve({});
  const environment =
    stage.environment === null ? null : interpolate(stage.environment, stageContexts(run, stage, attempt));
  const scope = { projectDir: run.projectDir, environment };
  return ports.secrets.resolve(stage.secrets, scope);
}

/** What the attempt stores holds no secret: summaries, issues, steps' outcomes, reports. */
export function hiding(request: AttemptRequest, hidden: readonly string[]): AttemptRequest {
  if (hidden.length === 0) return request;
  const { ports, emit } = request;
  const redact = (text: string): string => ports.secrets.redact(text, hidden);
  return {
    ...request,
    ports: {
      ...ports,
      events: {
        ...ports.events,
        saveReport: (runId, stage, attempt, type, report) =>
          ports.events.saveReport(runId, stage, attempt, type, mapTexts(report, redact)),
      },
    },
    emit: (events) => emit(events.map((event) => mapTexts(event, redact))),
  };
}

/** An output that holds a secret would be stored with the run: it is dropped, and an issue says so. */
export function withoutSecrets(
  { ports, stage, attempt, emit }: AttemptRequest,
  { outcome, outputs }: AttemptResult,
  hidden: readonly string[],
): AttemptResult {
  if (hidden.length === 0) return { outcome, outputs };
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(outputs)) {
    if (!ports.secrets.contains(value, hidden)) {
      kept[name] = value;
      continue;
    }
    const issue = {
      code: 'output-dropped',
      severity: 'warning',
      path: stage.id,
      line: null,
      column: null,
      message: `The output "${name}" holds a secret and was dropped`,
      hint: 'Name the secret in the stage that needs it instead',
    } as const;
    emit([{ type: 'issue-raised', stage: stage.id, attempt, issue }]);
  }
  return { outcome: redacted(outcome, (text) => ports.secrets.redact(text, hidden)), outputs: kept };
}

function redacted(outcome: Outcome, redact: (text: string) => string): Outcome {
  if (outcome.type === 'failed' && outcome.message !== null)
    return { ...outcome, message: redact(outcome.message) };
  if (outcome.type !== 'infra-error') return outcome;
  return { ...outcome, error: { ...outcome.error, message: redact(outcome.error.message) } };
}
