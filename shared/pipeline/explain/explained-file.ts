import type { Pipeline } from '../pipeline.ts';
import type { SourceMap } from '../source-map.ts';

/** A pipeline file as rules look at it. */
export interface ExplainedFile {
  readonly pipeline: Pipeline;
  readonly source: SourceMap;
}
