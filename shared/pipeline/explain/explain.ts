import type { ParsedPipeline } from '../parse.ts';
import type { Explanation } from './explanation.ts';

/** What a pipeline could do better, in the order of the file. */
export function explain(_parsed: ParsedPipeline): readonly Explanation[] {
  return [];
}
