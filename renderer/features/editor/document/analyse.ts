import type { Issue } from '#shared/lib/issue.ts';
import { explain } from '#shared/pipeline/explain/explain.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { namedEvents } from '#shared/pipeline/named-events.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { readYaml } from '#shared/pipeline/read-yaml.ts';
import { inputView } from '#shared/pipeline/stage-views.ts';
import type { Analysis, BrokenText, EditorIssue } from './analysis.ts';
import type { AnalyseAnswer, AnalyseRequest } from './analysis-protocol.ts';
import { editorStages } from './editor-stages.ts';
import { conflictIssues } from './conflict-issues.ts';
import { locateExplanation } from './locate-explanation.ts';
import { lineStarts, locateIssue } from './locate-issue.ts';

/** Reads and checks one version of a text, by the same code as the engine. Never throws for bad input. */
export function analyse(request: AnalyseRequest): AnalyseAnswer {
  const { text, file, version, included } = request;
  const wanted = new Set<string>();
  const yaml = readYaml(text);
  const parsed = parsePipeline(text, file, {
    yaml,
    kinds: request.kinds.map((id) => ({ id })),
    readInclude: (path) => {
      if (!Object.hasOwn(included, path)) wanted.add(path);
      return included[path] ?? null;
    },
  });
  const lines = lineStarts(text);
  const { document, problems } = yaml;
  const root = document === null ? null : plainValue(() => document.toJS());
  const isReadable = problems.length === 0 && (root === null || mappingOf(root) === root);
  if (!isReadable) return { result: brokenText(request, parsed.issues, lines), wanted: [] };
  const all = [...conflictIssues(text, file), ...parsed.issues];
  const issues = all.map((issue) => locateIssue(issue, file, text, lines, document));
  const explanations = explain(parsed).map(locateExplanation);
  const { pipeline } = parsed;
  const result: Analysis = {
    version,
    name: pipeline?.name ?? null,
    value: root ?? {},
    stages: editorStages({ text, lines, document, root, pipeline, issues, explanations }),
    inputs: (pipeline?.inputs ?? []).map(inputView),
    triggers: namedEvents(pipeline?.file.on),
    issues,
    explanations,
    runnable: pipeline !== null && !hasErrors(all),
  };
  return { result, wanted: [...wanted] };
}

function brokenText(
  { text, file, version }: AnalyseRequest,
  issues: readonly Issue[],
  lines: readonly number[],
): BrokenText {
  const [first] = issues.filter(({ severity }) => severity === 'error');
  const issue: EditorIssue = locateIssue(first ?? notReadable(file), file, text, lines, null);
  return { version, issue };
}

const notReadable = (path: string) =>
  ({
    code: 'yaml-syntax',
    severity: 'error',
    path,
    line: null,
    column: null,
    message: 'The file cannot be read as YAML',
    hint: null,
  }) as const;

/** Null where aliases would make it too large. */
function plainValue(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}
