import { interpolate } from '../expressions/interpolate.ts';
import type { Contexts } from '../expressions/contexts.ts';
import { isEarly } from './early-expressions.ts';
import { mapPlace, mapServices } from './map-place.ts';
import { closeValues } from './open-values.ts';
import type { PlannedStage } from './plan.ts';

/** Keys of stages and steps that are read before the run; what their expressions say is known then, or never. */
export const EARLY_KEYS: ReadonlySet<string> = new Set(['name']);

/**
 * Evaluates what the names, shells, artifacts, reports, environment, locks, timeouts, `continue-on-error`, place and
 * services of a stage say in expressions.
 * A text whose expression needs more than `EARLY_CONTEXTS` stays as it is, until the stage runs.
 * @throws {ExpressionFailure}
 */
export function evaluateEarly(stage: PlannedStage, contexts: Contexts): PlannedStage {
  const once = (value: string): string =>
    value.includes('${{') && isEarly(value) ? interpolate(value, contexts) : value;
  const text = (value: string): string => {
    const evaluated = once(value);
    return evaluated === value ? value : asLiteral(evaluated);
  };
  const texts = (values: readonly string[]): readonly string[] => values.map(text);
  return {
    ...evaluatePlaces(closeValues(stage, contexts), text),
    name: once(stage.name),
    ...(stage.place === undefined ? {} : { place: mapPlace(stage.place, text) }),
    ...(stage.services === undefined ? {} : { services: mapServices(stage.services, text) }),
    environment: stage.environment === null ? null : text(stage.environment),
    locks: texts(stage.locks),
    steps: stage.steps.map((step) => ({
      ...closeValues(step, contexts),
      name: once(step.name),
      body:
        step.body.type === 'run' && step.body.shell !== null
          ? { ...step.body, shell: text(step.body.shell) }
          : step.body,
    })),
  };
}

/** A value is no template: what someone gave to an input must not be evaluated when the stage runs. */
const asLiteral = (value: string): string => value.replaceAll('${{', "${{ '${{' }}");

/** A stage with other names and globs of what it leaves behind. */
export function evaluatePlaces(stage: PlannedStage, text: (value: string) => string): PlannedStage {
  const { artifacts, reports } = stage;
  const { junit, coverage, sarif, sbom } = reports;
  const globs = [junit, coverage, sarif ?? [], sbom ?? []].flat();
  if (artifacts.length + globs.length === 0) return stage;
  return {
    ...stage,
    artifacts: artifacts.map((artifact) => ({
      ...artifact,
      name: text(artifact.name),
      paths: artifact.paths.map(text),
    })),
    reports: {
      junit: junit.map(text),
      coverage: coverage.map(text),
      ...(sarif !== undefined && { sarif: sarif.map(text) }),
      ...(sbom !== undefined && { sbom: sbom.map(text) }),
    },
  };
}
