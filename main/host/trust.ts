import type { TrustVerdict } from '#main/trust/create-trust.ts';
import type { Project } from '#shared/api/schemas.ts';
import type { TrustGrant, TrustKey, TrustStatus, TrustView, TrustWay } from '#shared/api/trust-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatIssue } from '#shared/lib/issue.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import type { Pipeline } from '#shared/pipeline/pipeline.ts';
import { trustItems, type TrustItem } from '#shared/pipeline/trust-facts.ts';
import { trustStages } from '#shared/pipeline/trust-facts-stages.ts';
import type { Host } from './create-host.ts';
import { insideProject, listPipelineFiles } from './projects/pipeline-files.ts';
import { readPipeline } from './projects/plan-run.ts';

type TrustHost = Pick<Host, 'kinds' | 'store' | 'trust'>;

/**
 * What a file of a project would execute, and whether it may.
 * @throws AppError `project-not-found`, `path-outside`, `pipeline-not-found`, `pipeline-invalid`
 */
export async function viewTrust(host: TrustHost, key: TrustKey): Promise<TrustView> {
  const { dir, pipeline } = await readOne(host, key);
  const facts = trustFacts(pipeline);
  return viewOf(facts, dir, key.file, host.trust.judge(key, facts.items));
}

/** What somebody should see before a pipeline runs. */
export type TrustFacts = Pick<TrustView, 'name' | 'stages' | 'items'>;

export function trustFacts(pipeline: Pipeline): TrustFacts {
  return {
    name: pipeline.name,
    stages: trustStages(pipeline).map(({ id, commands }) => ({ id, commands: [...commands] })),
    items: [...trustItems(pipeline)],
  };
}

/** The facts with the verdict over them. */
export function viewOf(
  facts: TrustFacts,
  projectDir: string,
  file: string,
  { status, digest, changes, lastGrant }: TrustVerdict,
): TrustView {
  const accepted = lastGrant === null ? null : { at: lastGrant.at, how: lastGrant.how };
  return { ...facts, status, projectDir, file, digest, changes: [...changes], accepted };
}

/**
 * Trusts a file as it is.
 * @param shown the digest of what was looked at; the file must still have it
 * @throws AppError as `viewTrust`; `not-trusted` when the file is not what was shown
 */
export async function grantTrust(
  host: TrustHost,
  key: TrustKey,
  how: TrustWay,
  shown?: string,
): Promise<TrustGrant> {
  const items = trustItems((await readOne(host, key)).pipeline);
  if (shown !== undefined && host.trust.judge(key, items).digest !== shown) {
    throw new AppError('not-trusted', `${key.file} changed while it was looked at.`, {
      hint: 'Look at it again.',
    });
  }
  return host.trust.accept(key, items, how);
}

/** For `planRun`: lets a pipeline through that is trusted as it is. @throws AppError `not-trusted` */
export function requireTrust({ trust }: Pick<Host, 'trust'>, key: TrustKey): (pipeline: Pipeline) => void {
  return (pipeline) => {
    const { status } = trust.judge(key, trustItems(pipeline));
    if (status === 'trusted') return;
    throw new AppError('not-trusted', sentenceOf(status, key.file), {
      hint: 'Look at what it would run, and trust it first.',
    });
  };
}

/** Why a pipeline may not run, with the file's name; for whoever can look at it now. */
export function sentenceOf(status: Exclude<TrustStatus, 'trusted'>, file: string): string {
  return status === 'unknown'
    ? `Nobody has trusted ${file} of this project yet.`
    : `${file} has other triggers or privileged options than those that were trusted.`;
}

/** As `requireTrust`, in the words of a firing that was skipped. */
export function requireTrustForTrigger(
  { trust }: Pick<Host, 'trust'>,
  key: TrustKey,
): (pipeline: Pipeline) => void {
  return (pipeline) => {
    const { status } = trust.judge(key, trustItems(pipeline));
    if (status !== 'trusted') throw new AppError('not-trusted', SKIPPED[status]);
  };
}

const SKIPPED = {
  unknown: 'the pipeline is not trusted: open it and press Run once',
  changed: 'the pipeline has changed since it was trusted: open it and press Run once',
} as const;

const FAULTS = {
  trusted: null,
  unknown: 'Not trusted: open it and press Run once',
  changed: 'Not trusted since it changed: open it and press Run once',
} as const;

/** Why the triggers of a pipeline start nothing, as the list of triggers says it; null when it is trusted. */
export function triggerFault(
  { trust }: Pick<Host, 'trust'>,
  { projectId, file }: TrustKey,
  items: readonly TrustItem[],
): string | null {
  return FAULTS[trust.judge({ projectId, file }, items).status];
}

/** Trusts the pipelines of a project that Pipewright made, unless somebody has decided about them already. */
export async function trustOwnProject(host: TrustHost, { id, dir }: Project): Promise<void> {
  for (const file of await listPipelineFiles(dir)) {
    const { pipeline, issues } = await readPipeline(host.kinds, dir, file);
    if (pipeline === null || hasErrors(issues)) continue;
    const key = { projectId: id, file };
    const items = trustItems(pipeline);
    if (host.trust.judge(key, items).status === 'unknown') host.trust.accept(key, items, 'made-here');
  }
}

async function readOne(
  { store, kinds }: TrustHost,
  { projectId, file }: TrustKey,
): Promise<{ readonly dir: string; readonly pipeline: Pipeline }> {
  const { dir } = store.projects.get(projectId);
  insideProject(dir, file);
  const { pipeline, issues } = await readPipeline(kinds, dir, file);
  if (pipeline !== null && !hasErrors(issues)) return { dir, pipeline };
  const error = issues.find(({ severity }) => severity === 'error');
  throw new AppError('pipeline-invalid', error === undefined ? `${file} cannot run.` : formatIssue(error), {
    details: { issues: issues.filter(({ severity }) => severity === 'error') },
  });
}
