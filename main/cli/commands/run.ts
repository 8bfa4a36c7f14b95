import { choosePipelineFile } from '#main/host/projects/pipeline-files.ts';
import { planRun } from '#main/host/projects/plan-run.ts';
import { createProjectCatalog } from '#main/host/plugins/plugin-kinds.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { inContainers } from '#shared/pipeline/in-containers.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import { withoutReuse } from '#shared/pipeline/without-reuse.ts';
import type { RunTrigger } from '#shared/run/events.ts';
import type { CliContext } from '../context.ts';
import { EXIT, exitCodeOfRun, type ExitCode } from '../exit-code.ts';
import { issueLine } from '../issue-line.ts';
import { type Consent, createConsent } from '../trust/consent.ts';

export interface RunOptions {
  readonly input: readonly string[];
  readonly stage?: readonly string[];
  readonly maxParallel?: number;
  readonly executor: 'process' | 'docker';
  /** With `docker`. */
  readonly image?: string;
  readonly pauseOnFailure?: boolean;
  /** Stages that wait before their first step. */
  readonly break?: readonly string[];
  readonly resume?: string;
  readonly dryRun?: boolean;
  readonly trust?: boolean;
  /** False: `--no-reuse`. */
  readonly reuse?: boolean;
  /** With `dryRun`. */
  readonly event?: string;
  readonly branch?: string;
  readonly tag?: string;
  readonly changed?: readonly string[];
}

/** What is to run, read and checked. */
export interface PlannedRun {
  readonly projectDir: string;
  readonly pipelineFile: string;
  readonly plan: Plan;
  readonly maxParallel: number | undefined;
  /** Default: a stage that fails ends at once. */
  readonly pauseOnFailure?: boolean;
  /** Stages that wait before their first step; default: none. */
  readonly breakpoints?: readonly StageId[];
  /** Default: the command line. */
  readonly trigger?: RunTrigger;
}

/** Runs a pipeline and waits for its end; the exit code tells how it ended. */
export async function runCommand(
  context: CliContext,
  file: string | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  if (options.resume !== undefined) return resumed(context, file, { ...options, resume: options.resume });
  if (options.image !== undefined && options.executor !== 'docker')
    throw new AppError('usage', '--image is for stages in containers.', { hint: 'Add --executor docker.' });
  const assumed = (['event', 'branch', 'tag', 'changed'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (assumed !== undefined && !options.dryRun)
    throw new AppError('usage', `--${assumed} is for a dry run.`, { hint: 'Add --dry-run.' });
  const consent = createConsent(context, options.trust ?? false);
  const planned = await planCommandLine(context, file, options, options.dryRun ? undefined : consent.vet);
  if (planned === null) return EXIT.usage;
  const breakpoints = breakpointsIn(planned.plan, options.break ?? []);
  if (!options.dryRun) await consent.given(planned.pipelineFile);
  const placed = await placedRun(context, planned, options);
  if (placed === null) return EXIT.cancelled;
  if (options.dryRun) {
    const { dryRun } = await import('./dry-run.ts');
    return exitCodeOfRun(await dryRun(context, placed, options));
  }
  const { runAndShow } = await import('../run-output/run-and-show.ts');
  const { pauseOnFailure = false } = options;
  return exitCodeOfRun(await runAndShow(context, { ...placed, pauseOnFailure, breakpoints }));
}

function breakpointsIn({ stages }: Plan, names: readonly string[]): readonly StageId[] {
  return names.map((name) => {
    const stage = stages.find(({ id }) => id === name);
    if (stage === undefined)
      throw new AppError('usage', `--break ${name}: there is no such stage in this run.`, {
        hint: `It has ${stages
          .slice(0, 20)
          .map(({ id }) => id)
          .join(', ')}.`,
      });
    return stage.id;
  });
}

/** With `--executor docker`, in containers; null when a signal came before their image was ready. */
async function placedRun(
  context: CliContext,
  planned: PlannedRun,
  { executor, image, dryRun }: RunOptions,
): Promise<PlannedRun | null> {
  if (executor !== 'docker') return planned;
  const { containerForRun } = await import('./run-image.ts');
  const container = await containerForRun(context, { image, dryRun });
  return container === null ? null : { ...planned, plan: inContainers(planned.plan, container) };
}

async function resumed(
  context: CliContext,
  file: string | undefined,
  { resume, input, stage, dryRun, pauseOnFailure, break: stops }: RunOptions & { readonly resume: string },
): Promise<ExitCode> {
  const isAsked = [file, stage, stops].some((each) => each !== undefined);
  if (isAsked || input.length > 0 || dryRun === true || pauseOnFailure) {
    throw new AppError('usage', '--resume goes on with a run as it was planned.', {
      hint: 'Leave the file, --input, --stage, --pause-on-failure, --break and --dry-run out.',
    });
  }
  const { resumeRunCommand } = await import('./runs.ts');
  return resumeRunCommand(context, resume);
}

/** Null when the file or the values have errors; they were written then. */
async function planCommandLine(
  context: CliContext,
  named: string | undefined,
  { input, stage, maxParallel, reuse }: RunOptions,
  vet: Consent['vet'],
): Promise<PlannedRun | null> {
  const { projectDir, output } = context;
  const { file, stages } = withoutFile(named, stage);
  const pipelineFile = await choosePipelineFile(projectDir, context.cwd, file);
  const { plan, issues } = await planRun(createProjectCatalog(), {
    projectDir,
    file: pipelineFile,
    inputs: parseInputs(input),
    stages,
    ...(vet === undefined ? {} : { vet }),
  });
  for (const issue of issues) {
    if (issue.severity === 'error') output.error(issueLine(issue, output.errorColors));
    else output.note(issueLine(issue, output.errorColors));
  }
  if (plan === null || hasErrors(issues)) return null;
  return { projectDir, pipelineFile, plan: reuse === false ? withoutReuse(plan) : plan, maxParallel };
}

/** `--stage` takes every word that follows it, so a file at the end is one of them; no stage's id ends like that. */
function withoutFile(
  file: string | undefined,
  stages: readonly string[] | undefined,
): { file: string | undefined; stages: readonly string[] | undefined } {
  const last = stages?.at(-1);
  if (file !== undefined || last === undefined || !/\.ya?ml$/i.test(last)) return { file, stages };
  const rest = stages?.slice(0, -1) ?? [];
  if (rest.length === 0) throw new AppError('usage', 'Option --stage needs the id of a stage.');
  return { file: last, stages: rest };
}

function parseInputs(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const border = word.indexOf('=');
      if (border < 1)
        throw new AppError('usage', `--input ${word} has no value.`, { hint: 'Write --input name=value.' });
      return [word.slice(0, border), word.slice(border + 1)];
    }),
  );
}
