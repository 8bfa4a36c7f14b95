import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { StartRun, TriggerPipeline } from '#main/triggers/ports.ts';
import { createTriggers, type Triggers, type WebhookAddress } from '#main/triggers/create-triggers.ts';
import { git } from '#main/vcs/git-command.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { formatIssue } from '#shared/lib/issue.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { Host } from './create-host.ts';
import { listPipelineFiles } from './projects/pipeline-files.ts';
import { planRun, readPipeline } from './projects/plan-run.ts';
import { readTriggerSettings } from './settings/read-settings.ts';

/** Runs that a file watcher compares changes with. */
const RECENT_RUNS = 5;

/** Where senders post to, by project; null when webhooks are off or the port is chosen anew with each start. */
export function webhookUrls({ store }: Pick<Host, 'store'>): (projectId: ProjectId) => string | null {
  const address = webhookAddress({ store });
  if (address === null || address.port === 0) return () => null;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return (projectId) => `http://${host}:${address.port}/hooks/${projectId}`;
}

function webhookAddress({ store }: Pick<Host, 'store'>): WebhookAddress | null {
  const { webhookEnabled, webhookHost, webhookPort } = readTriggerSettings(store.settings);
  return webhookEnabled ? { host: webhookHost, port: webhookPort } : null;
}

export type ResolveSecret = (name: string, projectId: ProjectId) => Promise<string | null>;

/** The triggers of a host that stays: every pipeline of every project of the data folder. The caller starts and stops them. */
export function createHostTriggers(host: Host, clock: Clock, resolveSecret: ResolveSecret): Triggers {
  return createTriggers({
    clock,
    hostId: randomUUID(),
    store: host.store.triggers,
    git,
    listPipelines: createTriggerPipelines(host),
    startRun: startTriggered(host),
    resolveSecret,
    recentRuns: ({ projectId, file }) =>
      host.store.runs
        .list({ projectId, pipelineFile: file, limit: RECENT_RUNS })
        .runs.map(({ createdAt, finishedAt }) => ({
          from: Date.parse(createdAt),
          to: finishedAt === null ? null : Date.parse(finishedAt),
        })),
    webhook: () => webhookAddress(host),
  });
}

/** Lists the pipelines without errors; a file is read again only when its size or time has changed. */
export function createTriggerPipelines(
  host: Pick<Host, 'store' | 'kinds'>,
): () => Promise<readonly TriggerPipeline[]> {
  let known = new Map<string, { readonly stamp: string; readonly pipeline: TriggerPipeline | null }>();
  return async () => {
    const next: typeof known = new Map();
    for (const project of host.store.projects.list()) {
      if (!project.exists) continue;
      for (const file of await listPipelineFiles(project.dir)) {
        const absolute = path.join(project.dir, file);
        const stats = await stat(absolute).catch(() => null);
        if (stats === null) continue;
        const stamp = `${stats.mtimeMs}:${stats.size}`;
        const before = known.get(absolute);
        next.set(
          absolute,
          before?.stamp === stamp
            ? before
            : { stamp, pipeline: await readTriggers(host, project.id, project.dir, file) },
        );
      }
    }
    known = next;
    return [...next.values()].flatMap(({ pipeline }) => (pipeline === null ? [] : [pipeline]));
  };
}

async function readTriggers(
  { kinds }: Pick<Host, 'kinds'>,
  projectId: ProjectId,
  projectDir: string,
  file: string,
): Promise<TriggerPipeline | null> {
  try {
    const { pipeline, issues } = await readPipeline(kinds, projectDir, file);
    if (pipeline === null || hasErrors(issues)) return null;
    const { name, workspace } = pipeline;
    return { projectId, projectDir, file, name, workspace, on: pipeline.file.on };
  } catch (error) {
    // It went away between listing and reading.
    if (error instanceof AppError && error.code === 'pipeline-not-found') return null;
    throw error;
  }
}

function startTriggered(host: Host): StartRun {
  return async ({ projectDir, file }, trigger) => {
    const { plan, issues } = await planRun(host.kinds, { projectDir, file, inputs: {} });
    if (plan === null) {
      const error = issues.find(({ severity }) => severity === 'error');
      throw new AppError(
        'pipeline-invalid',
        error === undefined ? `${file} cannot run.` : formatIssue(error),
      );
    }
    const run = await host.engine.start({
      projectDir,
      pipelineFile: file,
      plan,
      trigger,
      maxParallel: host.maxParallel,
    });
    return run.runId;
  };
}
