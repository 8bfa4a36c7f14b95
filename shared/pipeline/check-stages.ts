import type { CheckContext } from './check-context.ts';
import { checkMatrix } from './check-matrix.ts';
import { quote } from './describe-value.ts';
import { itemPath, listOf, mappingOf } from './raw-stages.ts';
import type { RawMapping, StageSet } from './raw-stages.ts';
import { BODY_KEYS, stageSchema } from './schema-stage.ts';
import type { ValuePath } from './source-map.ts';
import { automaticStepId } from './step-ids.ts';

/** Checks of each stage of a set that no schema can make: its body, its kinds, the ids of its steps, artifacts. */
export function checkStages(set: StageSet, context: CheckContext): void {
  const artifacts = new Map<string, string>();
  for (const [id, value] of Object.entries(set.stages)) {
    const stage = mappingOf(value);
    const path = [...set.path, id];
    if (stage !== value) continue;
    checkBody(stage, path, `Stage ${quote(id)}`, BODY_KEYS, context);
    checkKind(stage, path, context);
    checkMatrix(stage, path, context);
    checkCallKeys(stage, path, id, context);
    checkSteps(stage['steps'], [...path, 'steps'], context);
    checkArtifacts(stage['artifacts'], id, [...path, 'artifacts'], artifacts, context);
  }
}

/** Likewise of the steps that follow a run. */
export function checkHooks(hooks: unknown, context: CheckContext): void {
  for (const [name, value] of Object.entries(mappingOf(hooks))) {
    if (Array.isArray(value)) checkSteps(value, ['hooks', name], context);
    else if (mappingOf(value) === value)
      checkStep(mappingOf(value), ['hooks', name], `The hook ${quote(name)}`, context);
  }
}

function checkStep(step: RawMapping, path: ValuePath, who: string, context: CheckContext): void {
  checkBody(step, path, who, ['run', 'uses'], context);
  checkKind(step, path, context);
}

function checkBody(
  work: RawMapping,
  path: ValuePath,
  who: string,
  bodies: readonly string[],
  { source, issues }: CheckContext,
): void {
  const found = bodies.filter((key) => Object.hasOwn(work, key));
  const [first, second] = found;
  if (first === undefined && !Object.hasOwn(work, 'extends')) {
    issues.add(
      'missing-body',
      source.key(path),
      `${who} does nothing`,
      `give it one of ${bodies.join(', ')}`,
    );
  } else if (first !== undefined && second !== undefined) {
    const message = `${who} has \`${first}\` and \`${second}\`, but can only have one of them`;
    issues.add(
      'several-bodies',
      source.key([...path, second]),
      message,
      'put several things to do into `steps`',
    );
  }
  const takesSettings = ['uses', 'pipeline', 'extends'].some((key) => Object.hasOwn(work, key));
  if (Object.hasOwn(work, 'with') && !takesSettings) {
    issues.add(
      'with-without-uses',
      source.key([...path, 'with']),
      `${who} has \`with\`, but no \`uses\``,
      '`with` holds the settings of a kind',
    );
  }
}

/** What a stage that calls a pipeline may say; the rest is said by the stages of that pipeline. */
const CALL_KEYS: ReadonlySet<string> = new Set(['name', 'needs', 'if', 'pipeline', 'with', 'env', 'extends']);

function checkCallKeys(
  stage: RawMapping,
  path: ValuePath,
  id: string,
  { source, issues }: CheckContext,
): void {
  if (!Object.hasOwn(stage, 'pipeline')) return;
  for (const key of Object.keys(stage)) {
    if (
      CALL_KEYS.has(key) ||
      BODY_KEYS.some((body) => body === key) ||
      !Object.hasOwn(stageSchema.shape, key)
    )
      continue;
    const message = `Stage ${quote(id)} calls a pipeline, on which \`${key}\` has no effect`;
    issues.add(
      'key-without-effect',
      source.key([...path, key]),
      message,
      'say it in the stages of that pipeline',
    );
  }
}

function checkKind(
  work: RawMapping,
  path: ValuePath,
  { source, issues, suggest, kinds }: CheckContext,
): void {
  const kind = work['uses'];
  if (typeof kind !== 'string' || kind === '' || kinds.has(kind)) return;
  const close = issues.full ? null : suggest(kind, kinds);
  const hint = close === null ? '`pipewright kinds` lists the catalog' : `did you mean \`${close}\`?`;
  issues.add('unknown-kind', source.value([...path, 'uses']), `There is no kind ${quote(kind)}`, hint);
}

function checkSteps(steps: unknown, path: ValuePath, context: CheckContext): void {
  if (!Array.isArray(steps)) return;
  const seen = new Set<string>();
  (steps as unknown[]).forEach((value, index) => {
    const step = mappingOf(value);
    if (step !== value) return;
    const at = [...path, index];
    checkStep(step, at, `Step ${index + 1}`, context);
    const own = step['id'];
    const id = typeof own === 'string' ? own : automaticStepId(index);
    if (seen.has(id)) {
      const message = `Two steps of the stage have the id ${quote(id)}`;
      context.issues.add(
        'duplicate-step',
        context.source.value([...at, 'id']),
        message,
        'give each step an id of its own',
      );
    }
    seen.add(id);
  });
}

function checkArtifacts(
  artifacts: unknown,
  stage: string,
  path: ValuePath,
  owners: Map<string, string>,
  { source, issues }: CheckContext,
): void {
  listOf(artifacts).forEach((artifact, index) => {
    const name = mappingOf(artifact)['name'];
    if (typeof name !== 'string') return;
    const owner = owners.get(name);
    if (owner === undefined) owners.set(name, stage);
    else {
      const place = source.value([...itemPath(path, artifacts, index), 'name']);
      issues.add(
        'duplicate-artifact',
        place,
        `Stage ${quote(owner)} already makes an artifact ${quote(name)}`,
        'give each artifact a name of its own',
      );
    }
  });
}
