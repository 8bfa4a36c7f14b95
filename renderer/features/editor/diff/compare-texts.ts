import type { Document } from 'yaml';
import {
  diffPipelines,
  fieldName,
  type PipelineDiff,
  type StageChange,
} from '#shared/pipeline/diff/diff-pipelines.ts';
import type { FieldChange } from '#shared/pipeline/diff/diff-values.ts';
import { stagesPath } from '#shared/pipeline/edits/stage-paths.ts';
import { listOf, mappingOf } from '#shared/pipeline/raw-stages.ts';
import { readYaml } from '#shared/pipeline/read-yaml.ts';
import { BODY_KEYS } from '#shared/pipeline/schema-stage.ts';
import { valueAt, type ValuePath } from '#shared/pipeline/source-map.ts';
import type {
  Change,
  ChangedField,
  ChangeType,
  ComparedScope,
  ComparedStage,
  ComparisonAnswer,
} from './comparison.ts';
import { writtenEntries, type WrittenEntry } from './written-entries.ts';

interface Side {
  readonly value: unknown;
  /** The entries of the mapping at a path, found once. */
  readonly entries: (path: ValuePath) => ReadonlyMap<string, WrittenEntry>;
}

/** Tells what differs in the meaning of two texts of a pipeline file, and how the stages of both stand together. */
export function compareTexts(before: string, after: string): ComparisonAnswer {
  const [was, is] = [readSide(before), readSide(after)];
  if (typeof was === 'string') return { ok: false, side: 'before', message: was };
  if (typeof is === 'string') return { ok: false, side: 'after', message: is };
  const diff = diffPipelines(was.value, is.value);
  return {
    ok: true,
    comparison: {
      changes: [
        ...fieldChanges(diff.fields, was, is),
        ...diff.stages.map((change) => stageChange(change, was, is)),
      ],
      scopes: comparedScopes(diff, was, is),
    },
  };
}

/** @returns why it cannot be read, in one sentence without a full stop */
function readSide(text: string): Side | string {
  const { document, problems, lines } = readYaml(text);
  const [problem] = problems;
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.start);
    return `line ${line}, column ${col}: ${problem.message}`;
  }
  const value = plainValue(document);
  if (value === undefined) return 'its aliases make it too large';
  const known = new Map<string, ReadonlyMap<string, WrittenEntry>>();
  const entries = (path: ValuePath): ReadonlyMap<string, WrittenEntry> => {
    if (document === null) return new Map();
    const key = JSON.stringify(path);
    const found = known.get(key) ?? writtenEntries(document, text, path);
    known.set(key, found);
    return found;
  };
  return { value, entries };
}

function plainValue(document: Document | null): unknown {
  try {
    return (document?.toJS() ?? null) as unknown;
  } catch {
    return undefined;
  }
}

/** How much of the path of a field names the part of the file that a person thinks of. */
const depthOf = ([key]: ValuePath): number => (key === 'pipelines' ? 3 : key === 'templates' ? 2 : 1);

function fieldChanges(fields: readonly FieldChange[], was: Side, is: Side): readonly Change[] {
  const parts = new Map<string, { readonly path: ValuePath; readonly fields: FieldChange[] }>();
  for (const field of fields) {
    const path = field.path.slice(0, depthOf(field.path));
    const key = JSON.stringify(path);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, { path, fields: [field] });
    else part.fields.push(field);
  }
  return [...parts].map(([key, part]): Change => {
    const before = entryAt(was, part.path);
    const after = entryAt(is, part.path);
    return {
      key: `field ${key}`,
      type: before === null ? 'added' : after === null ? 'removed' : 'changed',
      scope: null,
      stage: null,
      title: fieldName(part.path),
      from: null,
      fields: before === null || after === null ? [] : part.fields.map(changedField),
      before: before?.text ?? null,
      after: after?.text ?? null,
      offset: after?.offset ?? null,
    };
  });
}

const entryAt = (side: Side, path: ValuePath): WrittenEntry | null =>
  side.entries(path.slice(0, -1)).get(String(path.at(-1))) ?? null;

function stageChange(change: StageChange, was: Side, is: Side): Change {
  const { type, scope, id, from, addedNeeds, removedNeeds } = change;
  const path = stagesPath(scope);
  const before = type === 'added' ? undefined : was.entries(path).get(from ?? id);
  const after = type === 'removed' ? undefined : is.entries(path).get(id);
  const cameOrWent = type === 'added' || type === 'removed';
  return {
    key: `stage ${JSON.stringify([scope, id])}`,
    type,
    scope,
    stage: id,
    title: scope === null ? id : `${scope} / ${id}`,
    from,
    fields: cameOrWent
      ? []
      : [
          ...addedNeeds.map((need) => ({ name: 'needs', before: null, after: need })),
          ...removedNeeds.map((need) => ({ name: 'needs', before: need, after: null })),
          ...change.fields.map(changedField),
        ],
    before: before?.text ?? null,
    after: after?.text ?? null,
    offset: after?.offset ?? null,
  };
}

const changedField = ({ path, before, after }: FieldChange): ChangedField => ({
  name: fieldName(path),
  before: before === undefined ? null : shown(before),
  after: after === undefined ? null : shown(after),
});

const MOST_CHARS = 200;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value.trimEnd().replaceAll('\n', ' ⏎ ') : JSON.stringify(value);
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS - 1)}…` : text;
}

function comparedScopes(diff: PipelineDiff, was: Side, is: Side): readonly ComparedScope[] {
  const names = [was, is].flatMap(({ value }) => Object.keys(mappingOf(mappingOf(value)['pipelines'])));
  return [null, ...new Set(names)]
    .map((scope) => ({
      scope,
      stages: comparedStages(
        scope,
        diff.stages.filter((change) => change.scope === scope),
        was,
        is,
      ),
    }))
    .filter(({ stages }) => stages.length > 0);
}

function comparedStages(
  scope: string | null,
  changes: readonly StageChange[],
  was: Side,
  is: Side,
): readonly ComparedStage[] {
  const path = stagesPath(scope);
  const before = mappingOf(valueAt(was.value, path));
  const byId = new Map(changes.map((change) => [change.id, change]));
  const nowCalled = new Map(changes.flatMap(({ id, from }) => (from === null ? [] : [[from, id] as const])));
  const kept = Object.entries(mappingOf(valueAt(is.value, path))).map(([id, stage]) => {
    const change = byId.get(id);
    const { addedNeeds = [], removedNeeds = [], type = null, from = null } = change ?? {};
    return comparedStage({ id, stage, type, from, addedNeeds, removedNeeds });
  });
  const gone = changes
    .filter(({ type }) => type === 'removed')
    .map(({ id, removedNeeds }) =>
      comparedStage({
        id,
        stage: { ...mappingOf(before[id]), needs: [] },
        type: 'removed',
        from: null,
        addedNeeds: [],
        removedNeeds: removedNeeds.map((need) => nowCalled.get(need) ?? need),
      }),
    );
  return [...kept, ...gone];
}

function comparedStage({
  id,
  stage,
  type,
  from,
  addedNeeds,
  removedNeeds,
}: Pick<ComparedStage, 'id' | 'from' | 'addedNeeds' | 'removedNeeds'> & {
  readonly stage: unknown;
  readonly type: ChangeType | null;
}): ComparedStage {
  const body = mappingOf(stage);
  const { name, uses, needs } = body;
  return {
    id,
    name: typeof name === 'string' && name !== '' ? name : id,
    kind: typeof uses === 'string' ? uses : (BODY_KEYS.find((key) => Object.hasOwn(body, key)) ?? 'none'),
    change: type,
    from,
    needs: [...new Set([...listOf(needs).map(String), ...removedNeeds])],
    addedNeeds,
    removedNeeds,
  };
}
