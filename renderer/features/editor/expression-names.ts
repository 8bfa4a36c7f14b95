import { FUNCTIONS } from '#shared/expressions/names.ts';
import {
  conditionScope,
  freeScope,
  hookScope,
  outputsScope,
  outsideScope,
  runScope,
  scopeOfKey,
  stageScope,
  type Scope,
} from '#shared/pipeline/expression-scope.ts';
import { portInside } from '#shared/pipeline/place-values.ts';
import { listOf, mappingOf, type RawMapping } from '#shared/pipeline/raw-stages.ts';
import { GATE_CONTEXTS } from '#shared/reports/gate-values.ts';
import { valueAt, type ValuePath } from '#shared/pipeline/source-map.ts';

/** Names with what each holds; `below`: names that may follow with a dot. */
export interface ExpressionNames {
  readonly [name: string]: { readonly detail: string; readonly below?: ExpressionNames };
}

/** What an expression at a place may read and call. */
export interface ExpressionSurroundings {
  readonly names: ExpressionNames;
  readonly functions: readonly string[];
}

const named = (names: Readonly<Record<string, string>>): ExpressionNames =>
  Object.fromEntries(Object.entries(names).map(([name, detail]) => [name, { detail }]));

const CONTEXT_WORDS: Readonly<Record<string, string>> = {
  inputs: 'what the run was given',
  env: 'environment variables',
  needs: 'results of the stages before',
  steps: 'results of the steps before',
  services: 'what runs beside this stage',
  matrix: 'values of this leg',
  secrets: 'secrets of this stage',
  vars: 'fixed values of the file',
  state: 'values that outlive a run',
  run: 'this run',
  stage: 'this stage',
  git: 'the commit that is built',
  tests: 'counts of tests',
  coverage: 'shares in percent',
  findings: 'counts of findings',
  sbom: 'what it is made of',
  metrics: 'figures by name',
  baseline: 'the same in an earlier run',
};

const RUN = named({ id: 'its id', number: 'counts up per pipeline', name: 'its name' });
const STAGE = named({ id: 'its id', name: 'its name', attempt: 'counts tries from 1' });
const GIT = named({ branch: 'its branch', commit: 'its full hash', message: 'its message' });

/**
 * The names that an expression at a path may use, by the rules of the engine, with their values and descriptions where
 * the file says them.
 * @param root the plain value of the file
 */
export function surroundingsOf(root: unknown, path: ValuePath): ExpressionSurroundings {
  const inPipeline = path[0] === 'pipelines' && path.length > 2;
  const part = mappingOf(inPipeline ? valueAt(root, path.slice(0, 2)) : root);
  const scope = scopeAt(mappingOf(root), part, inPipeline ? path.slice(2) : path);
  const names = Object.fromEntries(
    scope.contexts.map((context) => {
      const below = namesOf(context, scope, mappingOf(root), part, inPipeline ? path.slice(2) : path);
      const detail = CONTEXT_WORDS[context] ?? '';
      return [context, below === null ? { detail } : { detail, below }];
    }),
  );
  return { names, functions: [...FUNCTIONS.keys(), ...scope.functions] };
}

/** @param path of the value, in the file or in the pipeline of it that `part` is */
function scopeAt(file: RawMapping, part: RawMapping, path: ValuePath): Scope {
  const names = {
    inputs: Object.keys(mappingOf(part['inputs'])),
    vars: Object.keys(mappingOf(file['vars'])),
    state: Object.keys(mappingOf(file['state'])),
  };
  const stages = mappingOf(part['stages']);
  const [section = '', id, key] = path;
  const isCondition = path.at(-1) === 'if' && !path.includes('with');
  const scoped = (scope: Scope): Scope => (isCondition ? conditionScope(scope) : scope);
  switch (section) {
    case 'stages':
      return scoped(scopeOfKey(stageScope({ id: String(id), all: stages }, names), String(key)));
    case 'templates':
    case 'notifications':
      return scoped(freeScope);
    case 'hooks':
      return scoped(hookScope(names, stages, valueAt(part, path.slice(0, 2))));
    case 'outputs':
      return outputsScope(names, stages);
    case 'concurrency':
      return runScope(names);
    default:
      return outsideScope(names);
  }
}

/** What may follow a context; null where nobody can say. */
function namesOf(
  context: string,
  scope: Scope,
  file: RawMapping,
  part: RawMapping,
  path: ValuePath,
): ExpressionNames | null {
  const stage = mappingOf(valueAt(part, path.slice(0, 2)));
  const list = (names: readonly string[] | null, detail: (name: string) => string): ExpressionNames | null =>
    names === null ? null : Object.fromEntries(names.map((name) => [name, { detail: detail(name) }]));
  switch (context) {
    case 'inputs':
      return list(scope.inputs, (name) => inputWords(mappingOf(part['inputs'])[name]));
    case 'vars':
      return list(scope.vars, (name) => short(mappingOf(file['vars'])[name]));
    case 'state':
      return list(scope.state, () => '');
    case 'secrets':
      return list(scope.secrets, () => '');
    case 'env': {
      const env = { ...mappingOf(file['env']), ...mappingOf(part['env']), ...mappingOf(stage['env']) };
      return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, { detail: short(value) }]));
    }
    case 'matrix': {
      const matrix = mappingOf(stage['matrix']);
      return list(scope.matrix, (name) => listOf(matrix[name]).map(short).join(', '));
    }
    case 'tests':
    case 'coverage':
    case 'findings':
    case 'sbom':
    case 'baseline':
      return list(GATE_CONTEXTS[context] ?? null, (name) => CONTEXT_WORDS[name] ?? '');
    case 'needs':
      return scope.needs === null
        ? null
        : Object.fromEntries(
            scope.needs.map((id) => [id, needWords(mappingOf(mappingOf(part['stages'])[id]))]),
          );
    case 'steps':
      return scope.steps === null
        ? null
        : Object.fromEntries(
            scope.steps.map((id) => [id, { detail: '', below: named({ outputs: 'what it hands on' }) }]),
          );
    case 'services':
      return scope.services === null
        ? null
        : Object.fromEntries(
            scope.services.map((id) => [id, serviceWords(mappingOf(mappingOf(stage['services'])[id]))]),
          );
    case 'run':
      return RUN;
    case 'stage':
      return STAGE;
    case 'git':
      return GIT;
    default:
      return null;
  }
}

function needWords(stage: RawMapping): ExpressionNames[string] {
  const outputs = Object.keys(mappingOf(stage['outputs']));
  return {
    detail: short(stage['name'] ?? ''),
    below: {
      result: { detail: 'how it ended' },
      outputs: {
        detail: 'what it hands on',
        below: named(Object.fromEntries(outputs.map((name) => [name, '']))),
      },
    },
  };
}

function serviceWords(service: RawMapping): ExpressionNames[string] {
  const ports = listOf(service['ports']).flatMap((port) => portInside(String(port)) ?? []);
  // The port as it is in the container leads to the one under which the steps reach it.
  const entries = ports.map((port) => [`ports['${port}']`, 'its port for the steps'] as const);
  return {
    detail: short(service['image'] ?? service['run'] ?? ''),
    below: named({
      host: 'where the steps reach it',
      ...(ports.length === 0 ? { ports: "['PORT'], as it is in the image" } : Object.fromEntries(entries)),
    }),
  };
}

function inputWords(input: unknown): string {
  const { type = 'string', description, default: initial } = mappingOf(input);
  const words = [short(description ?? type)];
  if (initial !== undefined) words.push(`default ${short(initial)}`);
  return words.join(', ');
}

const MAX_WORDS = 40;

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS - 1)}…` : text;
}
