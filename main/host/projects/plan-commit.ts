import { AppError } from '#shared/lib/app-error.ts';
import { compilePlan } from '#shared/pipeline/compile-plan.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { MAX_FILE_BYTES, MAX_INCLUDED_FILES } from '#shared/pipeline/limits.ts';
import { type ParsedPipeline, parsePipeline } from '#shared/pipeline/parse.ts';
import type { Pipeline } from '#shared/pipeline/pipeline.ts';
import { type CommitReader, createCommitReader } from '#main/vcs/read-commit.ts';
import type { KindNames, PlannedFile } from './plan-run.ts';

export interface CommittedPipeline {
  readonly projectDir: string;
  /** Relative to the project. */
  readonly file: string;
  /** In the project's repository. */
  readonly commit: string;
}

/**
 * Reads a pipeline file, with what it includes, as a commit has it; the project's folder is not looked at.
 * @throws AppError `pipeline-not-found` when the commit does not have it
 */
async function readCommittedPipeline(
  kinds: KindNames,
  { projectDir, file, commit }: CommittedPipeline,
  signal: AbortSignal,
): Promise<ParsedPipeline> {
  const reader = await createCommitReader(projectDir, commit, MAX_FILE_BYTES, signal);
  const main = await reader.read(file);
  if (main.type !== 'file') {
    const reason = main.type === 'none' ? 'is not in' : 'is too large in';
    throw new AppError('pipeline-not-found', `${file} ${reason} the commit ${commit.slice(0, 10)}.`, {
      hint: 'Commit it to that branch, or leave the branch out of `on:`.',
    });
  }
  return parseWithIncludes({ list: () => kinds.list(projectDir) }, file, main.bytes, reader);
}

/** Parsing asks for files at once and Git answers later: what is missing is fetched, then it is parsed again. */
async function parseWithIncludes(
  kinds: KindNames,
  file: string,
  bytes: Uint8Array,
  reader: CommitReader,
): Promise<ParsedPipeline> {
  const known = new Map<string, Uint8Array | null>();
  for (;;) {
    const missing = new Set<string>();
    const parsed = parsePipeline(bytes, file, {
      kinds: kinds.list(),
      readInclude(included) {
        if (!known.has(included)) missing.add(included);
        return known.get(included) ?? null;
      },
    });
    // A file may not include so many, so another round would change nothing.
    if (missing.size === 0 || known.size > MAX_INCLUDED_FILES * 2) return parsed;
    for (const included of missing) {
      const read = await reader.read(included);
      known.set(included, read.type === 'file' ? read.bytes : null);
    }
  }
}

/**
 * As `planRun`, of a file as a commit has it.
 * @param vet called with a pipeline that could run; what it throws is thrown
 * @throws AppError `pipeline-not-found`
 */
export async function planCommit(
  kinds: KindNames,
  request: CommittedPipeline,
  vet: (pipeline: Pipeline) => void,
  signal: AbortSignal,
): Promise<PlannedFile> {
  const { pipeline, issues } = await readCommittedPipeline(kinds, request, signal);
  if (pipeline === null || hasErrors(issues)) return { plan: null, issues };
  const compiled = compilePlan(pipeline, { inputs: {} });
  if (compiled.plan !== null) vet(pipeline);
  return { plan: compiled.plan, issues: [...issues, ...compiled.issues] };
}
