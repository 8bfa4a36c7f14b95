import { choosePipelineFile } from '#main/host/projects/pipeline-files.ts';
import { readPipeline } from '#main/host/projects/plan-run.ts';
import { createProjectCatalog } from '#main/host/plugins/plugin-kinds.ts';
import type { Issue } from '#shared/lib/issue.ts';
import { explain } from '#shared/pipeline/explain/explain.ts';
import type { Explanation } from '#shared/pipeline/explain/explanation.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { explanationJson, explanationLines } from '../explanation-lines.ts';
import { issueLine } from '../issue-line.ts';

export interface ValidateOptions {
  /** Also says what a valid file could do better. */
  readonly explain?: boolean;
}

/** Writes the issues of a file to stdout; warnings, keys of later versions and explanations do not fail it. */
export async function validateCommand(
  context: CliContext,
  wanted: string | undefined,
  options: ValidateOptions,
): Promise<ExitCode> {
  const { output, projectDir, cwd } = context;
  const file = await choosePipelineFile(projectDir, cwd, wanted);
  const parsed = await readPipeline(createProjectCatalog(), projectDir, file);
  const { issues, pipeline } = parsed;
  const isValid = !hasErrors(issues);
  if (options.explain !== true) writeIssues(context, issues);
  else writeExplained(context, file, issues, isValid ? explain(parsed) : []);
  if (!isValid) return EXIT.usage;
  const count = pipeline?.stages.length ?? 0;
  if (output.format === 'pretty')
    output.note(`${file} is valid: ${count} ${count === 1 ? 'stage' : 'stages'}.`);
  return EXIT.succeeded;
}

function writeIssues({ output }: CliContext, issues: readonly Issue[]): void {
  if (output.format === 'json') output.json(issues);
  else if (output.format === 'ndjson') for (const issue of issues) output.json(issue);
  else for (const issue of issues) output.line(issueLine(issue, output.colors));
}

function writeExplained(
  context: CliContext,
  file: string,
  issues: readonly Issue[],
  explanations: readonly Explanation[],
): void {
  const { output } = context;
  const plain = explanations.map((each) => explanationJson(each, file));
  if (output.format === 'json') {
    output.json({ issues, explanations: plain });
    return;
  }
  writeIssues(context, issues);
  if (output.format === 'ndjson') for (const each of plain) output.json(each);
  else {
    const lines = explanations.flatMap((each) => explanationLines(each, file, output.colors));
    for (const line of lines) output.line(line);
  }
}
