import { CONTEXTS, STATUS_FUNCTIONS } from '../expressions/names.ts';
import { GATE_CONTEXTS } from '../reports/gate-values.ts';
import { EARLY_CONTEXTS } from './early-expressions.ts';
import { matrixKeys } from './matrix-keys.ts';
import { listOf, mappingOf } from './raw-stages.ts';
import type { RawMapping } from './raw-stages.ts';
import { automaticStepId } from './step-ids.ts';

/** The names below a context that exist; null where they are not known until the run, or the file is put together. */
type Names = readonly string[] | null;

/** The names that an expression may use. */
export interface Scope {
  readonly contexts: readonly string[];
  /** Beyond those that work everywhere. */
  readonly functions: readonly string[];
  readonly inputs: Names;
  readonly needs: Names;
  readonly steps: Names;
  /** That run beside the stage. */
  readonly services: Names;
  readonly matrix: Names;
  readonly secrets: Names;
  readonly vars: Names;
  readonly state: Names;
  /** The stage that the expression stands in, and all stages beside it. */
  readonly stage: { readonly id: string; readonly all: RawMapping } | null;
}

const UNKNOWN = { needs: null, steps: null, services: null, matrix: null, secrets: null, stage: null };
const without = (...names: readonly string[]): readonly string[] =>
  CONTEXTS.filter((name) => !names.includes(name));

/** Names that hold for a whole file. */
export interface FileNames {
  readonly inputs: Names;
  readonly vars: Names;
  readonly state: Names;
}

/** What stands beside the stages of a file. */
export const outsideScope = (names: FileNames): Scope => ({
  ...names,
  ...UNKNOWN,
  contexts: without('needs', 'steps', 'services', 'matrix', 'stage'),
  functions: [],
});

/** What concerns a run before it has begun. */
export const runScope = (names: FileNames): Scope => ({
  ...outsideScope(names),
  contexts: ['inputs', 'vars', 'run', 'git'],
});

/** Parts of stages whose surroundings are those of the stages that take them over. */
export const freeScope: Scope = {
  ...UNKNOWN,
  inputs: null,
  vars: null,
  state: null,
  contexts: CONTEXTS,
  functions: ['hashFiles'],
};

/** What a pipeline hands back: it sees the results of all its stages. */
export const outputsScope = (names: FileNames, stages: RawMapping): Scope => ({
  ...outsideScope(names),
  contexts: ['inputs', 'vars', 'needs'],
  needs: Object.keys(stages),
});

/** What follows a run: it sees the results of all stages, the run's own, and each secret that it names. */
export const hookScope = (names: FileNames, stages: RawMapping, hook: unknown): Scope => ({
  ...names,
  ...UNKNOWN,
  contexts: without('matrix', 'services'),
  functions: ['hashFiles'],
  needs: Object.keys(stages),
  steps: stepIdsOf(hook),
});

const isText = (value: unknown): value is string => typeof value === 'string';

const stepIdsOf = (steps: unknown): readonly string[] =>
  listOf(steps)
    .map((step, index) => mappingOf(step)['id'] ?? automaticStepId(index))
    .filter(isText);

/** What a stage and its steps see. */
export function stageScope(place: NonNullable<Scope['stage']>, names: FileNames): Scope {
  const stage = mappingOf(place.all[place.id]);
  const { secrets } = stage;
  const named = mappingOf(secrets) === secrets ? Object.values(mappingOf(secrets)) : listOf(secrets);
  return {
    ...names,
    contexts: Object.hasOwn(stage, 'matrix') ? CONTEXTS : without('matrix'),
    functions: ['hashFiles'],
    needs: listOf(stage['needs']).filter(isText),
    steps: stepIdsOf(stage['steps']),
    services: Object.keys(mappingOf(stage['services'])),
    matrix: matrixKeys(stage['matrix']),
    secrets: named.filter(isText),
    stage: place,
  };
}

/** What is evaluated before an attempt starts, which is when secrets and state are read. */
const BEFORE_ATTEMPT: ReadonlySet<string> = new Set([
  'if',
  'locks',
  'concurrency',
  'environment',
  'approval',
  'runs-on',
]);
/** What is evaluated once the services of a stage are there. */
const BESIDE_SERVICES: ReadonlySet<string> = new Set(['run', 'uses', 'with', 'working-directory']);
/** What is no text, and part of the plan. */
const IN_PLAN: ReadonlySet<string> = new Set(['timeout', 'continue-on-error']);
/** What is stored with the run, or stands in the arguments of a process. */
const SHOWN: ReadonlySet<string> = new Set(['artifacts', 'reports', 'shell']);

/** What a gate looks at besides the reports. */
const IN_GATE: readonly string[] = ['inputs', 'env', 'needs', 'matrix', 'vars', 'run', 'stage', 'git'];

/** The scope of what stands below a key of a stage. */
export function scopeOfKey(scope: Scope, key: string): Scope {
  if (key === 'gate') {
    const around = scope.contexts.filter((name) => IN_GATE.includes(name));
    return { ...scope, contexts: [...Object.keys(GATE_CONTEXTS), ...around], functions: [] };
  }
  if (key === 'steps' || key === 'outputs' || key === 'hooks') return scope;
  if (SHOWN.has(key)) return withoutSecrets(scope);
  if (IN_PLAN.has(key)) return inPlan(scope);
  const contexts = scope.contexts.filter(
    (name) => name !== 'steps' && (name !== 'services' || BESIDE_SERVICES.has(key)),
  );
  if (BEFORE_ATTEMPT.has(key)) {
    const known = contexts.filter((name) => name !== 'secrets' && name !== 'state');
    return { ...scope, contexts: known, functions: key === 'if' ? scope.functions : [] };
  }
  if (key !== 'matrix') return { ...scope, contexts };
  const early = contexts.filter((name) => !['matrix', 'secrets', 'state', 'env', 'stage'].includes(name));
  return { ...scope, contexts: early, functions: [] };
}

/** The scope of what stands below a key of a step. */
export function scopeOfStepKey(scope: Scope, key: string): Scope {
  if (IN_PLAN.has(key)) return inPlan(scope);
  return SHOWN.has(key) ? withoutSecrets(scope) : scope;
}

/** The scope of what stands below a key of a container or a service: all but its variables and credentials can be seen from outside. */
export function scopeOfContainerKey(scope: Scope, key: string): Scope {
  return key === 'env' || key === 'credentials' ? scope : withoutSecrets(scope);
}

/** The same place, where only what is known before a run may stand. */
const inPlan = (scope: Scope): Scope => ({
  ...scope,
  contexts: scope.contexts.filter((name) => EARLY_CONTEXTS.includes(name)),
  functions: [],
});

/** The same place, where no secret may stand. */
const withoutSecrets = (scope: Scope): Scope => ({
  ...scope,
  contexts: scope.contexts.filter((name) => name !== 'secrets'),
});

/** The same place, in an `if`. */
export const conditionScope = (scope: Scope): Scope => ({
  ...scope,
  functions: [...scope.functions, ...STATUS_FUNCTIONS],
});
