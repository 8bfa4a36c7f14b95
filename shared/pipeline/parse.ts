import type { Issue } from '../lib/issue.ts';
import type { CheckContext } from './check-context.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkGraph } from './check-graph.ts';
import { checkInputs } from './check-inputs.ts';
import { checkStages } from './check-stages.ts';
import { decodeSource } from './decode-source.ts';
import { describeValue } from './describe-value.ts';
import { IssueList } from './issue-list.ts';
import { normalizePipeline } from './normalize.ts';
import type { Pipeline } from './pipeline.ts';
import { prune } from './prune.ts';
import { mappingOf, stageSetsOf } from './raw-stages.ts';
import { readValue } from './read-value.ts';
import { readYaml } from './read-yaml.ts';
import { SchemaIssueReporter } from './report-schema-issues.ts';
import { pipelineFileSchema } from './schema.ts';
import type { SourceMap } from './source-map.ts';
import { createSuggest } from './suggest.ts';
import { reportUnsupported } from './unsupported.ts';

export interface ParseOptions {
  /** The catalog: what `uses` may name. */
  readonly kinds: readonly { readonly id: string }[];
}

export interface ParsedPipeline {
  /** The normal form; where the file has errors, of what could be understood; null where that is nothing. */
  readonly pipeline: Pipeline | null;
  /** In the order of their places. Run the pipeline only when `hasErrors(issues)` is false. */
  readonly issues: readonly Issue[];
  /** Finds the place of any value of the file; null when the file is no YAML. */
  readonly source: SourceMap | null;
}

/** How often what the schema refuses is taken out, until the rest is what it accepts. */
const PRUNE_ROUNDS = 4;

/**
 * Reads a pipeline file and checks all that can be known before it runs. Never throws for bad input: whatever is
 * wrong with the file is an issue with its line and column. Takes time that grows with the size of the file.
 * @param path how issues name the file
 */
export function parsePipeline(
  source: string | Uint8Array,
  path: string,
  options: ParseOptions,
): ParsedPipeline {
  const issues = new IssueList(path);
  const decoded = decodeSource(source);
  if (!decoded.ok) {
    issues.add(decoded.code, decoded.place, decoded.message, decoded.hint);
    return { pipeline: null, issues: issues.sorted(), source: null };
  }
  const file = readYaml(decoded.text);
  const read = readValue(decoded.text, file);
  for (const problem of [...file.problems, ...read.problems]) {
    issues.add(problem.code, read.source.at(problem.start), problem.message, problem.hint);
  }
  if (file.problems.length > 0) return { pipeline: null, issues: issues.sorted(), source: null };
  if (!isMapping(read.value)) {
    if (read.problems.length === 0) addRootIssue(read.value, decoded.text, read.source, issues);
    return { pipeline: null, issues: issues.sorted(), source: read.source };
  }
  const kinds = new Set(options.kinds.map((kind) => kind.id));
  const context: CheckContext = { source: read.source, issues, suggest: createSuggest(), kinds };
  const pipeline = checkFile(read.value, path, context);
  return { pipeline, issues: issues.sorted(), source: read.source };
}

const isMapping = (value: unknown): value is Record<string, unknown> => mappingOf(value) === value;

function addRootIssue(value: unknown, text: string, source: SourceMap, issues: IssueList): void {
  const example = 'a pipeline starts with `stages:`';
  if (value === null) {
    const what = text.trim() === '' ? 'The file is empty' : 'The file holds nothing but comments';
    issues.add('empty-file', source.at(0), what, example);
  } else {
    issues.add(
      'not-a-mapping',
      source.value([]),
      `The file must be a mapping, but is ${describeValue(value)}`,
      example,
    );
  }
}

function checkFile(root: Record<string, unknown>, path: string, context: CheckContext): Pipeline | null {
  const { issues, source, suggest } = context;
  // `stages:` without anything below it is an empty pipeline, not a wrong value.
  if (root['stages'] === null) root['stages'] = {};
  for (const set of stageSetsOf(root)) {
    checkGraph(set, source, issues, suggest);
    checkStages(set, context);
  }
  checkInputs(root['inputs'], ['inputs'], source, issues);
  checkExpressions(root, context);
  reportUnsupported(root, source, issues);
  let result = pipelineFileSchema.safeParse(root);
  const reporter = new SchemaIssueReporter(issues, source, root, suggest);
  for (const issue of result.error?.issues ?? []) reporter.report(issue);
  for (let round = 0; !result.success && round < PRUNE_ROUNDS; round += 1) {
    prune(root, result.error.issues);
    result = pipelineFileSchema.safeParse(root);
  }
  return result.success ? normalizePipeline(result.data, source, path) : null;
}
