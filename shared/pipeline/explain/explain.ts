import type { ParsedPipeline } from '../parse.ts';
import { mappingOf } from '../raw-stages.ts';
import type { ValuePath } from '../source-map.ts';
import { ExplainedFile } from './explained-file.ts';
import type { Explanation, Finding, Rule } from './explanation.ts';
import { readIgnoredCodes, type IgnoredCodes } from './ignored-codes.ts';
import { RULES } from './rules.ts';

/** How many explanations are given of one file; more would only hide the first ones. */
const MAX_EXPLANATIONS = 1_000;

/**
 * What a pipeline could do better, with reasons and fixes, in the order of the file: at most 1,000, warnings before hints
 * where there are more. What other files bring is left to them. Of a file with errors, it is of what was understood; of one
 * that was not, nothing. Takes time that grows with the size of the file.
 */
export function explain({
  pipeline,
  source,
}: Pick<ParsedPipeline, 'pipeline' | 'source'>): readonly Explanation[] {
  if (pipeline === null || source === null) return [];
  const file = new ExplainedFile(pipeline, source);
  const ignored = readIgnoredCodes(source.text);
  const all = RULES.flatMap((rule) => [...explanationsOf(rule, file, ignored)]);
  const kept = [
    ...all.filter(({ severity }) => severity === 'warning'),
    ...all.filter(({ severity }) => severity === 'hint'),
  ].slice(0, MAX_EXPLANATIONS);
  return kept.sort((left, right) => left.place.start - right.place.start);
}

/** What one rule says, as far as there is room for it. */
function explanationsOf(rule: Rule, file: ExplainedFile, ignored: IgnoredCodes): Iterable<Explanation> {
  const found = new Map<string, Explanation>();
  for (const finding of rule.find(file)) {
    const explanation = explanationOf(rule, finding, file);
    if (explanation === null || ignored.has(rule.code, explanation.place.line)) continue;
    // What a template says is found in each stage that takes it over, but is one thing.
    const key = `${explanation.place.start} ${explanation.message}`;
    if (!found.has(key)) found.set(key, explanation);
    if (found.size >= MAX_EXPLANATIONS) break;
  }
  return found.values();
}

function explanationOf(
  { code, severity, why }: Rule,
  { path, at = 'key', message, fixes = [] }: Finding,
  file: ExplainedFile,
): Explanation | null {
  const valuePath = file.writtenPath(path);
  if (valuePath === null) return null;
  const place = at === 'key' ? file.source.key(shownPath(path, file)) : file.source.value(path);
  return { code, severity, message, why, place, valuePath, stage: stageOf(valuePath), fixes };
}

/** Of the file as a whole: its first key, so that not all of it is marked. */
const shownPath = (path: ValuePath, file: ExplainedFile): ValuePath =>
  path.length === 0 ? Object.keys(mappingOf(file.source.root)).slice(0, 1) : path;

function stageOf(path: ValuePath): string | null {
  const inStages = path[0] === 'pipelines' ? path.slice(2) : path;
  const id = inStages[0] === 'stages' ? inStages[1] : undefined;
  return typeof id === 'string' ? id : null;
}
