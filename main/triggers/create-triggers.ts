import type { Clock } from '#main/engine/ports.ts';
import type { Trigger, TriggerKey, TriggerType } from '#shared/api/trigger-schemas.ts';
import type { ProjectId, RunId } from '#shared/lib/ids.ts';
import { MAX_CHANGED, type RunTrigger } from '#shared/run/events.ts';
import { keyOf, listTriggers } from './list-triggers.ts';
import type { Git, StartRun, TriggerPipeline, TriggerSource, TriggerStore } from './ports.ts';
import { createPushPoll } from './push.ts';
import { branchOf, whyFiltered } from './ref-filter.ts';
import { DEFAULT_WEBHOOK_SECRET, readRules, type TriggerRules } from './rules.ts';
import { createSchedule } from './schedule.ts';
import { createWatch } from './watch.ts';
import { createEndpoint, type Endpoint, type Listener } from './webhook/endpoint.ts';
import type { WebhookEvent } from './webhook/payload.ts';

/** How often it is looked for changed pipeline files, and the right to fire is renewed. */
const BEAT_MS = 10_000;
const LEASE_MS = 30_000;

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
  readonly recentRuns: (
    pipeline: TriggerPipeline,
  ) => readonly { readonly from: number; readonly to: number | null }[];
  readonly webhook: { readonly host: string; readonly port: number };
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
  const { clock, hostId, store, git, listPipelines, startRun, recentRuns } = options;
  const open = new Map<string, Open>();
  let endpoint: Endpoint | null = null;
  let cancelBeat: () => void = () => undefined;
  let stopped = false;
  /** Refreshes follow each other. */
  let work = Promise.resolve();
  const firing = new Set<Promise<unknown>>();

  const isPaused = (key: TriggerKey): boolean => store.stateOf(key).paused;
  const holdsLease = (): boolean => store.holdLease(hostId, clock.now(), LEASE_MS);

  async function fire(
    pipeline: TriggerPipeline,
    type: TriggerType,
    trigger: RunTrigger,
    reason: string,
    skipped: string | null,
  ): Promise<RunId | null> {
    const key = keyOf(pipeline, type);
    const at = new Date(clock.now()).toISOString();
    const entry = { ...key, at, reason };
    const why = skipped ?? (isPaused(key) ? 'the trigger is paused' : null);
    if (why !== null) {
      store.record({ ...entry, runId: null, skipped: why });
      return null;
    }
    try {
      const runId = await startRun(pipeline, { ...trigger, reason });
      store.record({ ...entry, runId, skipped: null });
      return runId;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      store.record({ ...entry, runId: null, skipped: message });
      return null;
    }
  }

  function fireLater(...args: Parameters<typeof fire>): void {
    // Another host took over while this one slept.
    if (stopped || !holdsLease()) return;
    const started = fire(...args);
    firing.add(started);
    void started.finally(() => firing.delete(started));
  }

  async function openSources(
    pipeline: TriggerPipeline,
    rules: TriggerRules,
  ): Promise<readonly TriggerSource[]> {
    const sources: TriggerSource[] = [];
    const attempt = async (type: TriggerType, make: () => TriggerSource | Promise<TriggerSource>) => {
      const key = keyOf(pipeline, type);
      store.setFault(key, null);
      try {
        sources.push(await make());
      } catch (error) {
        store.setFault(key, error instanceof Error ? error.message : String(error));
      }
    };
    if (rules.schedules.length > 0) await attempt('schedule', () => openSchedule(pipeline, rules));
    if (rules.watch) await attempt('watch', () => openWatch(pipeline, rules.watch!));
    if (rules.push) await attempt('push', () => openPush(pipeline, rules.push!));
    return sources;
  }

  function openSchedule(pipeline: TriggerPipeline, { schedules }: TriggerRules): TriggerSource {
    const key = keyOf(pipeline, 'schedule');
    return createSchedule({
      clock,
      rules: schedules,
      cursor: {
        get: () => {
          const { cursor } = store.stateOf(key);
          return cursor === null ? null : Number(cursor);
        },
        set: (ms) => {
          if (holdsLease()) store.setCursor(key, String(ms));
        },
      },
      isPaused: () => isPaused(key),
      fire: (due, reason) =>
        fireLater(pipeline, 'schedule', { type: 'schedule', event: due.rule.cron }, reason, null),
    });
  }

  function openWatch(
    pipeline: TriggerPipeline,
    rule: NonNullable<TriggerRules['watch']>,
  ): Promise<TriggerSource> {
    const key = keyOf(pipeline, 'watch');
    return createWatch({
      clock,
      projectDir: pipeline.projectDir,
      rule,
      ownWork: () => (pipeline.workspace === 'in-place' ? recentRuns(pipeline) : []),
      onFault: (message) => store.setFault(key, message),
      fire: (changed) => {
        if (isPaused(key)) return;
        const others = changed.length > 1 ? ` and ${changed.length - 1} more` : '';
        const trigger = { type: 'watch', changed: changed.slice(0, MAX_CHANGED) } as const;
        fireLater(pipeline, 'watch', trigger, `${changed[0]!}${others} changed.`, null);
      },
    });
  }

  function openPush(pipeline: TriggerPipeline, rule: NonNullable<TriggerRules['push']>): TriggerSource {
    const key = keyOf(pipeline, 'push');
    return createPushPoll({
      clock,
      git,
      projectDir: pipeline.projectDir,
      rule,
      cursor: { get: () => store.stateOf(key).cursor, set: (text) => store.setCursor(key, text) },
      onFault: (message) => {
        if (store.stateOf(key).fault !== message) store.setFault(key, message);
      },
      fire: ({ ref, commit, changed }, skipped) =>
        fireLater(
          pipeline,
          'push',
          { type: 'push', event: rule.remote, ...refFields(ref, commit, changed) },
          `${shortRef(ref)} of ${rule.remote} is at ${commit.slice(0, 10)}.`,
          skipped,
        ),
    });
  }

  async function deliver(event: WebhookEvent, listeners: readonly Listener[]): Promise<readonly string[]> {
    if (stopped || !holdsLease()) throw new Error('Another host has taken over.');
    const lines: string[] = [];
    for (const { pipeline, type } of listeners) {
      const entry = open.get(idOf(pipeline));
      const skipped = whyNotDelivered(event, type, entry?.rules);
      const who = event.actor === null ? '' : ` by ${event.actor}`;
      const where = event.ref === null ? '' : ` on ${shortRef(event.ref)}`;
      const trigger: RunTrigger = {
        type: 'webhook',
        event: type === 'pull-request' ? 'pull-request' : event.name,
        ...(event.actor === null ? {} : { actor: event.actor }),
        ...refFields(event.ref, event.commit, event.changed),
      };
      const runId = await fire(pipeline, type, trigger, `${event.name}${where}${who}.`, skipped);
      lines.push(`${pipeline.file}: ${runId ?? `not started${skipped === null ? '' : `: ${skipped}`}`}`);
    }
    return lines;
  }

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

  /** The endpoint is there while some pipeline listens. */
  async function refreshEndpoint(): Promise<void> {
    const listeners = [...open.values()].flatMap(({ pipeline }) => listenersOf(pipeline.projectId));
    if (listeners.length === 0) {
      await endpoint?.close();
      endpoint = null;
      return;
    }
    let fault: string | null = null;
    if (endpoint === null) {
      try {
        endpoint = await createEndpoint({
          ...options.webhook,
          listenersOf,
          resolveSecret: options.resolveSecret,
          rememberDelivery: (ids) => store.rememberDelivery(ids, clock.now()),
          deliver,
        });
      } catch (error) {
        fault = `Port ${options.webhook.port} cannot be listened on: ${(error as Error).message}`;
      }
    }
    for (const { pipeline, type } of listeners) {
      const key = keyOf(pipeline, type);
      if (store.stateOf(key).fault !== fault) store.setFault(key, fault);
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
    if (!holdsLease()) {
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
      const sources = await openSources(pipeline, rules);
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
      await Promise.allSettled(firing);
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

function whyNotDelivered(
  event: WebhookEvent,
  type: Listener['type'],
  rules: TriggerRules | undefined,
): string | null {
  if (rules === undefined) return 'the pipeline is gone';
  if (event.isRemoval) return 'the branch was removed';
  const change = { ref: event.ref, changed: event.changed };
  if (type === 'pull-request') {
    if (event.kind !== 'pull-request') return 'it is no pull request';
    return whyFiltered(rules.pullRequest ?? {}, change);
  }
  const { events = [], filter = {} } = rules.webhook ?? {};
  const names = [event.kind, event.name].map((name) => name.toLowerCase());
  if (events.length > 0 && !events.some((name) => names.includes(name.toLowerCase()))) {
    return `the event ${event.name} is not chosen`;
  }
  return whyFiltered(filter, change);
}

function refFields(
  ref: string | null,
  commit: string | null,
  changed: readonly string[] | null,
): Partial<RunTrigger> {
  const branch = ref === null ? null : branchOf(ref);
  return {
    ...(ref === null ? {} : { ref }),
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
    ...(changed === null ? {} : { changed: changed.slice(0, MAX_CHANGED) }),
  };
}

const shortRef = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '');
const idOf = ({ projectId, file }: TriggerPipeline): string => `${projectId}\0${file}`;
const fingerprintOf = ({ projectDir, workspace, on }: TriggerPipeline): string =>
  JSON.stringify([projectDir, workspace, on]);
