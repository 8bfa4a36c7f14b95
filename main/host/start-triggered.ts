import type { Checkout, StartRun } from '#main/triggers/ports.ts';
import { IN_PLACE } from '#main/triggers/open-sources.ts';
import { describeCommit } from '#main/vcs/git-info.ts';
import { fetchCommit } from '#main/vcs/fetch-commit.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatIssue, type Issue } from '#shared/lib/issue.ts';
import type { TrustKey } from '#shared/api/trust-schemas.ts';
import type { Pipeline } from '#shared/pipeline/pipeline.ts';
import { trustItems } from '#shared/pipeline/trust-facts.ts';
import type { GitInfo } from '#shared/run/events.ts';
import type { Host } from './create-host.ts';
import { planCommit } from './projects/plan-commit.ts';
import { planRun } from './projects/plan-run.ts';
import { requireTrustForTrigger } from './trust.ts';

/** Longer than any fetch may take. */
const TIMEOUT_MS = 5 * 60_000;

/**
 * Starts runs for triggers. With a commit, the run has the pipeline file and the files of that commit, which is fetched when
 * it is not there; else those of the project's folder.
 * @param require lets a pipeline of the project's folder through that is trusted, or throws
 */
export function startTriggered(
  host: Pick<Host, 'kinds' | 'engine' | 'maxParallel' | 'trust'>,
  require: typeof requireTrustForTrigger = requireTrustForTrigger,
): StartRun {
  return async ({ projectId, projectDir, file }, trigger, checkout, signal) => {
    const key = { projectId, file };
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const git = checkout === null ? undefined : await fetchAndDescribe(projectDir, checkout, limit);
    const { plan, issues } =
      git === undefined
        ? await planRun(host.kinds, { projectDir, file, inputs: {}, vet: require(host, key) })
        : await planCommit(
            host.kinds,
            { projectDir, file, commit: git.commit },
            vetCommitted(host, key),
            limit,
          );
    if (plan === null) throw invalid(file, issues);
    if (git !== undefined && plan.workspace === 'in-place') throw new AppError('usage', IN_PLACE);
    const run = await host.engine.start({
      projectDir,
      pipelineFile: file,
      plan,
      trigger,
      maxParallel: host.maxParallel,
      ...(git === undefined ? {} : { git }),
    });
    return run.runId;
  };
}

/** A file that is not in the project's folder cannot be looked at there before it is trusted. */
function vetCommitted(host: Pick<Host, 'trust'>, key: TrustKey): (pipeline: Pipeline) => void {
  const vet = requireTrustForTrigger(host, key);
  return (pipeline) => {
    if (host.trust.judge(key, trustItems(pipeline)).status !== 'changed') vet(pipeline);
    else {
      throw new AppError(
        'not-trusted',
        'that commit has other triggers or privileged options than those that are trusted: pull it, open the pipeline and press Run once',
      );
    }
  };
}

async function fetchAndDescribe(
  projectDir: string,
  checkout: Checkout,
  signal: AbortSignal,
): Promise<GitInfo> {
  await fetchCommit(projectDir, checkout, signal);
  return describeCommit(projectDir, checkout.commit, checkout.branch);
}

function invalid(file: string, issues: readonly Issue[]): AppError {
  const error = issues.find(({ severity }) => severity === 'error');
  return new AppError('pipeline-invalid', error === undefined ? `${file} cannot run.` : formatIssue(error));
}
