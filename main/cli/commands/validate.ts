import { choosePipelineFile } from '#main/host/projects/pipeline-files.ts';
import { readPipeline } from '#main/host/projects/plan-run.ts';
import { createKindRegistry } from '#main/stages/registry.ts';
import type { Issue } from '#shared/lib/issue.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { issueLine } from '../issue-line.ts';

/** Writes the issues of a file to stdout; warnings and keys of later versions do not fail it. */
export async function validateCommand(context: CliContext, wanted: string | undefined): Promise<ExitCode> {
  const { output, projectDir, cwd } = context;
  const file = await choosePipelineFile(projectDir, cwd, wanted);
  const { issues, pipeline } = await readPipeline(createKindRegistry(), projectDir, file);
  writeIssues(context, issues);
  if (hasErrors(issues)) return EXIT.usage;
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
