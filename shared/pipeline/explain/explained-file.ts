import type { Pipeline } from '../pipeline.ts';
import { mappingOf } from '../raw-stages.ts';
import { valueAt, type Place, type SourceMap, type ValuePath } from '../source-map.ts';
import { ExplainedStage } from './explained-stage.ts';
import { textsIn } from './texts-in.ts';

/** Stages that stand together, of the file itself or of one of its pipelines. */
export interface ExplainedSet {
  readonly scope: string | null;
  /** In the order of the file. */
  readonly stages: ReadonlyMap<string, ExplainedStage>;
  /** The stages that need a stage, by its id. */
  readonly neededBy: ReadonlyMap<string, readonly ExplainedStage[]>;
}

/** A pipeline file as rules look at it. What takes work is done when it is first asked for. */
export class ExplainedFile {
  readonly pipeline: Pipeline;
  readonly source: SourceMap;
  /** The file's own stages first. */
  readonly sets: readonly ExplainedSet[];
  /** Those of all sets. */
  readonly stages: readonly ExplainedStage[];
  #templatePaths: ReadonlyMap<string, ValuePath> | null = null;
  #texts: string | null = null;

  constructor(pipeline: Pipeline, source: SourceMap) {
    this.pipeline = pipeline;
    this.source = source;
    const parts = Object.keys(pipeline.file.pipelines ?? {}).flatMap((id) => {
      const part = pipeline.called.get(id);
      return part === undefined ? [] : [[id, part] as const];
    });
    this.sets = [[null, pipeline] as const, ...parts].map(([scope, part]) => setOf(scope, part, source.root));
    this.stages = this.sets.flatMap(({ stages }) => [...stages.values()]);
  }

  /** All that the file says, what it includes among it; for searches. */
  get texts(): string {
    this.#texts ??= textsIn(this.source.root).join('\n');
    return this.#texts;
  }

  /** The value at a path, stages put together with their templates. */
  valueAt(path: ValuePath): unknown {
    return valueAt(this.source.root, path);
  }

  /** Where this file writes a value of the pipeline, which may be in a template; null for what another file writes. */
  writtenPath(path: ValuePath): ValuePath | null {
    const place = this.source.key(path);
    if (place.file !== undefined) return null;
    if (!this.source.isInherited(path)) return path;
    this.#templatePaths ??= templatePathsOf(this.source);
    return this.#templatePaths.get(keyOf(place)) ?? null;
  }

  /** Where a stage's work is written: the stage itself, or the template that brings it; null in another file. */
  holderOf({ path, bodyPath }: ExplainedStage): ValuePath | null {
    return this.writtenPath(bodyPath ?? path)?.slice(0, bodyPath === null ? undefined : -1) ?? null;
  }
}

function setOf(scope: string | null, pipeline: Pipeline, root: unknown): ExplainedSet {
  const path = scope === null ? ['stages'] : ['pipelines', scope, 'stages'];
  const raw = mappingOf(valueAt(root, path));
  const stages = new Map<string, ExplainedStage>();
  const neededBy = new Map<string, ExplainedStage[]>();
  for (const stage of pipeline.stages) {
    const { id } = stage;
    const explained = new ExplainedStage(scope, [...path, id], stage, pipeline, mappingOf(raw[id]));
    stages.set(id, explained);
    for (const need of stage.needs) {
      const others = neededBy.get(need);
      if (others === undefined) neededBy.set(need, [explained]);
      else others.push(explained);
    }
  }
  return { scope, stages, neededBy };
}

const keyOf = ({ start, end }: Place): string => `${start} ${end}`;

/** The paths of all that templates hold, by the places of their keys. */
function templatePathsOf(source: SourceMap): ReadonlyMap<string, ValuePath> {
  const paths = new Map<string, ValuePath>();
  const visit = (value: unknown, path: ValuePath): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      const inner = [...path, Array.isArray(value) ? Number(key) : key];
      paths.set(keyOf(source.key(inner)), inner);
      visit((value as Record<string, unknown>)[key], inner);
    }
  };
  visit(mappingOf(source.root)['templates'], ['templates']);
  return paths;
}
