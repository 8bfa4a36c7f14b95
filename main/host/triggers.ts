import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { TriggerPipeline } from '#main/triggers/ports.ts';
import { createTriggers, type Triggers, type WebhookAddress } from '#main/triggers/create-triggers.ts';
import { git } from '#main/vcs/git-command.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import { trustItems, type TrustItem } from '#shared/pipeline/trust-facts.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { Host } from './create-host.ts';
import { startTriggered } from './start-triggered.ts';
import { listPipelineFiles } from './projects/pipeline-files.ts';
import { readPipeline } from './projects/plan-run.ts';
import { triggerFault } from './trust.ts';
import { readTriggerSettings } from './settings/read-settings.ts';

/** Runs that a file watcher compares changes with, and among which the one is that a dead host had just started. */
const RECENT_RUNS = 20;

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
        .runs.map(({ createdAt, finishedAt, trigger, git: at }) => ({
          from: Date.parse(createdAt),
          to: finishedAt === null ? null : Date.parse(finishedAt),
          trigger,
          commit: at?.commit ?? null,
          branch: at?.branch ?? null,
        })),
    webhook: () => webhookAddress(host),
  });
}

interface KnownPipeline {
  readonly pipeline: TriggerPipeline;
  readonly items: readonly TrustItem[];
}

/** Lists the pipelines without errors; a file is read again only when its size or time has changed. */
export function createTriggerPipelines(
  host: Pick<Host, 'store' | 'kinds' | 'trust'>,
): () => Promise<readonly TriggerPipeline[]> {
  let known = new Map<string, { readonly stamp: string; readonly found: KnownPipeline | null }>();
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
            : { stamp, found: await readTriggers(host, project.id, project.dir, file) },
        );
      }
    }
    known = next;
    return [...next.values()].flatMap(({ found }) =>
      found === null ? [] : [{ ...found.pipeline, fault: triggerFault(host, found.pipeline, found.items) }],
    );
  };
}

async function readTriggers(
  { kinds }: Pick<Host, 'kinds'>,
  projectId: ProjectId,
  projectDir: string,
  file: string,
): Promise<KnownPipeline | null> {
  try {
    const { pipeline, issues } = await readPipeline(kinds, projectDir, file);
    if (pipeline === null || hasErrors(issues)) return null;
    const { name, workspace } = pipeline;
    const { on } = pipeline.file;
    return { pipeline: { projectId, projectDir, file, name, workspace, on }, items: trustItems(pipeline) };
  } catch (error) {
    // It went away between listing and reading.
    if (error instanceof AppError && error.code === 'pipeline-not-found') return null;
    throw error;
  }
}
