import type { Clock } from '#main/engine/ports.ts';
import type { Trigger, TriggerKey } from '#shared/api/trigger-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { createFiring } from './fire.ts';
import { keyOf, listTriggers } from './list-triggers.ts';
import { mayAskAnywhere, openSources, type SourceOptions, whyNoCheckout } from './open-sources.ts';
import type { Git, StartRun, TriggerPipeline, TriggerSource, TriggerStore } from './ports.ts';
import { DEFAULT_WEBHOOK_SECRET, readRules, type TriggerRules } from './rules.ts';
import { deliver } from './webhook/deliver.ts';
import { createEndpoint, type Endpoint, type Listener, type WebhookLimits } from './webhook/endpoint.ts';

/** How often it is looked for changed pipeline files, and the right to fire is renewed. */
const BEAT_MS = 10_000;

export interface TriggerOptions {
  readonly clock: Clock;
  /** Unique among the hosts of the data folder. */
  readonly hostId: string;
  readonly store: TriggerStore;
  readonly git: Git;
  /** All pipelines of all projects; called often, so it keeps what did not change. */
  readonly listPipelines: () => Promise<readonly TriggerPipeline[]>;
  readonly startRun: StartRun;
  readonly resolveSecret: (name: string, projectId: ProjectId) => Promise<string | null>;
  /** The latest runs of a pipeline, newest first. */
  readonly recentRuns: SourceOptions['recentRuns'];
  /** Where webhooks are taken, null for nowhere; asked again with each look, so that a change needs no restart. */
  readonly webhook: () => WebhookAddress | null;
  readonly webhookLimits?: WebhookLimits;
}

export interface WebhookAddress {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

/** Starts runs without a person: at times, when files or remotes change, and when a webhook comes. */
export interface Triggers {
  /** Resolves when everything is watched that this host may watch. */
  start(): Promise<void>;
  /** Ends all watching; runs that were started go on. Idempotent. */
  stop(): Promise<void>;
  /** Looks at the pipeline files now; resolves when that has had its effect. */
  refresh(): Promise<void>;
  list(): Promise<Trigger[]>;
  pause(key: TriggerKey): void;
  resume(key: TriggerKey): void;
  /** Where webhooks of a project are taken; null while none are. */
  webhookUrl(projectId: ProjectId): string | null;
}

interface Open {
  readonly fingerprint: string;
  readonly pipeline: TriggerPipeline;
  readonly rules: TriggerRules;
  readonly sources: readonly TriggerSource[];
}

export function createTriggers(options: TriggerOptions): Triggers {
  const { clock, hostId, store, listPipelines } = options;
  const firing = createFiring(options);
  const open = new Map<string, Open>();
  let endpoint: (Endpoint & { readonly address: WebhookAddress }) | null = null;
  let cancelBeat: () => void = () => undefined;
  let stopped = false;
  /** Refreshes follow each other. */
  let work = Promise.resolve();

  function listenersOf(projectId: string): Listener[] {
    return [...open.values()]
      .filter(({ pipeline }) => pipeline.projectId === projectId)
      .flatMap(({ pipeline, rules }): Listener[] => [
        ...(rules.webhook ? [{ pipeline, type: 'webhook', secret: rules.webhook.secret } as const] : []),
        ...(rules.pullRequest
          ? [{ pipeline, type: 'pull-request', secret: DEFAULT_WEBHOOK_SECRET } as const]
          : []),
      ]);
  }

  /** The endpoint is there while some pipeline listens, unless it is switched off. */
  async function refreshEndpoint(): Promise<void> {
    const listeners = [...open.values()].flatMap(({ pipeline }) => listenersOf(pipeline.projectId));
    const address = listeners.length === 0 ? null : options.webhook();
    if (
      endpoint !== null &&
      (endpoint.address.host !== address?.host || endpoint.address.port !== address.port)
    ) {
      await endpoint.close();
      endpoint = null;
    }
    let fault: string | null = null;
    if (address === null) fault = 'Webhooks are switched off in the settings.';
    else if (endpoint === null) {
      try {
        const opened = await createEndpoint({
          ...address,
          ...options.webhookLimits,
          listenersOf,
          resolveSecret: options.resolveSecret,
          rememberDelivery: (ids) => store.rememberDelivery(ids, clock.now()),
          mayDeliver: () => firing.holdsLease(),
          deliver: (event, listeners) => deliver(firing, event, listeners),
        });
        endpoint = { ...opened, address };
      } catch (error) {
        fault = `Port ${address.port} cannot be listened on: ${(error as Error).message}`;
      }
    }
    for (const { pipeline, type } of listeners) {
      const key = keyOf(pipeline, type);
      const why = fault ?? (type === 'pull-request' ? whyNoCheckout(pipeline) : null);
      if (store.stateOf(key).fault !== why) store.setFault(key, why);
    }
  }

  async function closeAll(): Promise<void> {
    const entries = [...open.values()];
    open.clear();
    await Promise.all(entries.flatMap(({ sources }) => sources.map((source) => source.close())));
    await endpoint?.close();
    endpoint = null;
  }

  async function look(): Promise<void> {
    if (stopped) return;
    if (!firing.holdsLease()) {
      await closeAll();
      return;
    }
    const pipelines = new Map((await listPipelines()).map((pipeline) => [idOf(pipeline), pipeline]));
    for (const [id, entry] of open) {
      const pipeline = pipelines.get(id);
      if (pipeline !== undefined && fingerprintOf(pipeline) === entry.fingerprint) continue;
      open.delete(id);
      await Promise.all(entry.sources.map((source) => source.close()));
    }
    for (const [id, pipeline] of pipelines) {
      if (open.has(id)) continue;
      const rules = readRules(pipeline.on);
      const sources = await openSources({ ...options, firing }, pipeline, rules);
      open.set(id, { fingerprint: fingerprintOf(pipeline), pipeline, rules, sources });
    }
    await refreshEndpoint();
  }

  function refresh(): Promise<void> {
    work = work.then(look);
    const done = work;
    // A look that failed, as with a busy database, must not end all that follow.
    work = work.catch(() => undefined);
    return done;
  }

  function beat(): void {
    cancelBeat = clock.after(BEAT_MS, () => {
      void refresh().catch(() => undefined);
      beat();
    });
  }

  return {
    async start() {
      beat();
      await refresh();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      cancelBeat();
      await work;
      await closeAll();
      await firing.stop();
      store.releaseLease(hostId);
    },
    refresh,
    list: async () => listTriggers(await listPipelines(), store, clock.now(), webhookUrl),
    pause: (key) => store.setPaused(key, true),
    resume: (key) => store.setPaused(key, false),
    webhookUrl,
  };

  function webhookUrl(projectId: ProjectId): string | null {
    return endpoint?.urlOf(projectId) ?? null;
  }
}

const idOf = ({ projectId, file }: TriggerPipeline): string => `${projectId}\0${file}`;
const fingerprintOf = (pipeline: TriggerPipeline): string => {
  const { projectDir, workspace, on } = pipeline;
  return JSON.stringify([projectDir, workspace, on, mayAskAnywhere(pipeline)]);
};
