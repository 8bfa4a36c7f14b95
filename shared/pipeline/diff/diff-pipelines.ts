import { listOf, mappingOf, type RawMapping } from '../raw-stages.ts';
import type { ValuePath } from '../source-map.ts';
import { diffValues, type FieldChange } from './diff-values.ts';
import { findRenames } from './find-renames.ts';

/** What happened to a stage. Edges are told apart from the other fields: `needs` is no field here. */
export interface StageChange {
  readonly type: 'added' | 'removed' | 'renamed' | 'changed';
  /** Of the pipeline of the file that it belongs to; null for the file's own stages. */
  readonly scope: string | null;
  /** As it is called now; of a removed one, as it was. */
  readonly id: string;
  /** Of a renamed one: as it was called. */
  readonly from: string | null;
  readonly addedNeeds: readonly string[];
  readonly removedNeeds: readonly string[];
  /** Paths are relative to the stage. Empty for stages that came or went. */
  readonly fields: readonly FieldChange[];
}

/** What differs in the meaning of two pipeline files; comments, order of keys, quotes and layout never do. */
export interface PipelineDiff {
  readonly stages: readonly StageChange[];
  /** Of the file outside of its stages: triggers, inputs, variables, templates and so on. */
  readonly fields: readonly FieldChange[];
}

export const isSame = ({ stages, fields }: PipelineDiff): boolean =>
  stages.length === 0 && fields.length === 0;

/**
 * Compares two pipeline files by what they say. A stage that is gone and one that came with much the same content are one
 * renamed stage, and who needs it is not changed by that. Takes time that grows with the size of the files, but for
 * stages that came and went, which are compared with each other.
 * @param before plain value of a file, as YAML gives it
 */
export function diffPipelines(before: unknown, after: unknown): PipelineDiff {
  const [a, b] = [mappingOf(before), mappingOf(after)];
  const scopes = new Set([
    ...Object.keys(mappingOf(a['pipelines'])),
    ...Object.keys(mappingOf(b['pipelines'])),
  ]);
  return {
    stages: [
      ...diffStages(null, mappingOf(a['stages']), mappingOf(b['stages'])),
      ...[...scopes].flatMap((scope) => diffStages(scope, stagesIn(a, scope), stagesIn(b, scope))),
    ],
    fields: diffValues(withoutStages(a), withoutStages(b)),
  };
}

const stagesIn = (file: RawMapping, scope: string): RawMapping =>
  mappingOf(mappingOf(mappingOf(file['pipelines'])[scope])['stages']);

/** The file without what `diffStages` compares. */
function withoutStages(file: RawMapping): unknown {
  const rest = without(file, 'stages');
  if (!Object.hasOwn(rest, 'pipelines')) return rest;
  const pipelines = Object.entries(mappingOf(rest['pipelines'])).map(([id, each]) => [
    id,
    without(mappingOf(each), 'stages'),
  ]);
  return { ...rest, pipelines: Object.fromEntries(pipelines) as unknown };
}

const without = (mapping: RawMapping, key: string): RawMapping =>
  Object.fromEntries(Object.entries(mapping).filter(([other]) => other !== key));

function diffStages(scope: string | null, before: RawMapping, after: RawMapping): readonly StageChange[] {
  const renames = findRenames(before, after);
  const nowCalled = new Map([...renames].map(([now, was]) => [was, now]));
  const changes: StageChange[] = [];
  for (const [id, stage] of Object.entries(after)) {
    const was = renames.get(id) ?? (Object.hasOwn(before, id) ? id : null);
    if (was === null) {
      changes.push({ ...nothing, type: 'added', scope, id, addedNeeds: needsOf(stage) });
      continue;
    }
    const needed = needsOf(before[was]).map((need) => nowCalled.get(need) ?? need);
    const needs = needsOf(stage);
    const addedNeeds = needs.filter((need) => !needed.includes(need));
    const removedNeeds = needed.filter((need) => !needs.includes(need));
    const fields = diffValues(without(mappingOf(before[was]), 'needs'), without(mappingOf(stage), 'needs'));
    const from = was === id ? null : was;
    if (from !== null || addedNeeds.length + removedNeeds.length + fields.length > 0) {
      const type = from === null ? 'changed' : 'renamed';
      changes.push({ type, scope, id, from, addedNeeds, removedNeeds, fields });
    }
  }
  for (const [id, stage] of Object.entries(before)) {
    if (Object.hasOwn(after, id) || nowCalled.has(id)) continue;
    changes.push({ ...nothing, type: 'removed', scope, id, removedNeeds: needsOf(stage) });
  }
  return changes;
}

const nothing = { from: null, addedNeeds: [], removedNeeds: [], fields: [] } as const;

const needsOf = (stage: unknown): readonly string[] => listOf(mappingOf(stage)['needs']).map(String);

/** A path as people write it: `env.NODE_ENV`, `steps[0].run`. */
export const fieldName = (path: ValuePath): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
