import type { Issue } from '../lib/issue.ts';
import type { CheckContext } from './check-context.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkGraph } from './check-graph.ts';
import { checkInputs } from './check-inputs.ts';
import { checkPlaces } from './check-places.ts';
import { checkServices } from './check-services.ts';
import { checkHooks, checkStages } from './check-stages.ts';
import { connectCalls } from './connect-calls.ts';
import type { OpenCalled } from './connect-calls.ts';
import { quote } from './describe-value.ts';
import { extendStages } from './extend-stages.ts';
import { Includer, readRawFile } from './include-files.ts';
import type { ReadInclude } from './include-files.ts';
import { IssueList } from './issue-list.ts';
import { MAX_CALL_DEPTH, MAX_INCLUDED_FILES } from './limits.ts';
import { normalizePipeline } from './normalize.ts';
import type { Pipeline } from './pipeline.ts';
import { prune } from './prune.ts';
import { mappingOf, stageSetsOf } from './raw-stages.ts';
import type { YamlFile } from './read-yaml.ts';
import { SchemaIssueReporter } from './report-schema-issues.ts';
import { pipelineFileSchema } from './schema.ts';
import type { SourceMap } from './source-map.ts';
import { createSuggest } from './suggest.ts';
import { reportUnsupported } from './unsupported.ts';

export interface ParseOptions {
  /** The catalog: what `uses` may name. `trust`: what people are asked about before it first runs, as for a plugin. */
  readonly kinds: readonly { readonly id: string; readonly trust?: string }[];
  /**
   * Reads a file that the pipeline includes or calls. Paths are as `path` is, with `..` resolved and forward slashes; who
   * reads must refuse those that leave the project. Without it, no file can be included.
   */
  readonly readInclude?: ReadInclude | undefined;
  /** What `readYaml` gave for this very source: it is not read once more. */
  readonly yaml?: YamlFile | undefined;
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
  return parseFile(source, [path], { ...options, called: new Map() });
}

interface FileOptions extends ParseOptions {
  /** Files that were called already, by path. */
  readonly called: Map<string, Pipeline | null>;
}

/** @param chain the files that led here by calls, this one last */
function parseFile(
  source: string | Uint8Array,
  chain: readonly string[],
  options: FileOptions,
): ParsedPipeline {
  const path = chain.at(-1)!;
  const issues = new IssueList(path);
  const file = readRawFile(source, issues, chain.length === 1 ? options.yaml : undefined);
  if (file.root === null || file.source === null) {
    return { pipeline: null, issues: issues.sorted(), source: file.source };
  }
  new Includer(options.readInclude ?? null, issues).include(file.root, file.source, [path]);
  const kinds = new Set(options.kinds.map((kind) => kind.id));
  const context: CheckContext = { source: file.source, issues, suggest: createSuggest(), kinds };
  const checked = checkFile(file.root, path, context);
  if (checked === null) return { pipeline: null, issues: issues.sorted(), source: file.source };
  const called = new Map(checked.called);
  connectCalls(checked, called, context, (...call) => openCalled(call, chain, options, issues));
  const parts = [...checked.called].map(([id, part]) => [id, { ...part, called }] as const);
  for (const [id, part] of parts) called.set(id, part);
  const kindTrust = new Map(
    options.kinds.flatMap(({ id, trust }) => (trust === undefined ? [] : [[id, trust]])),
  );
  const pipeline = { ...checked, called, ...(kindTrust.size > 0 && { kindTrust }) };
  return { pipeline, issues: issues.sorted(), source: file.source };
}

function openCalled(
  [path, target, place]: Parameters<OpenCalled>,
  chain: readonly string[],
  options: FileOptions,
  issues: IssueList,
): Pipeline | null {
  if (chain.includes(path)) {
    const circle = [...chain.slice(chain.indexOf(path)), path].join(' -> ');
    issues.add('pipeline-cycle', place, `Files call each other in a circle: ${circle}`);
    return null;
  }
  const known = options.called.get(path);
  if (known !== undefined) return known;
  const isTooMany = options.called.size >= MAX_INCLUDED_FILES || chain.length > MAX_CALL_DEPTH;
  const content = isTooMany ? null : (options.readInclude?.(path) ?? null);
  if (content === null) {
    const message = isTooMany
      ? `More than ${MAX_INCLUDED_FILES} files are called, or more than ${MAX_CALL_DEPTH} one after another`
      : `The file ${quote(target)} cannot be called: there is no file ${quote(path)} in the project`;
    issues.add('called-not-found', place, message, 'paths are relative to the file that calls');
    return null;
  }
  const parsed = parseFile(content, [...chain, path], options);
  issues.addAll(parsed.issues);
  options.called.set(path, parsed.pipeline);
  return parsed.pipeline;
}

function checkFile(root: Record<string, unknown>, path: string, context: CheckContext): Pipeline | null {
  const { issues, source, suggest } = context;
  // `stages:` without anything below it is an empty pipeline, not a wrong value.
  if (root['stages'] === null) root['stages'] = {};
  extendStages(root, context);
  for (const set of stageSetsOf(root)) {
    checkGraph(set, source, issues, suggest);
    checkStages(set, context);
  }
  checkPlaces(root, context);
  checkServices(root, context);
  checkHooks(root['hooks'], context);
  checkInputs(root['inputs'], ['inputs'], source, issues);
  for (const [id, part] of Object.entries(mappingOf(root['pipelines']))) {
    checkInputs(mappingOf(part)['inputs'], ['pipelines', id, 'inputs'], source, issues);
  }
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
