import type { TriggerType } from '#shared/api/trigger-schemas.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { TOKEN_USER } from '#shared/lib/git-credential.ts';
import { publicUrl } from '#shared/lib/repository-address.ts';
import type { PipelineFile } from '#shared/pipeline/schema.ts';
import type { RefFilter } from './ref-filter.ts';

export interface ScheduleRule {
  readonly cron: string;
  /** Null is the machine's own. */
  readonly timezone: string | null;
}

export interface WatchRule {
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly debounceMs: number;
}

export interface RemoteRule {
  readonly filter: RefFilter;
  /** The name of a remote of the project, or an address. */
  readonly remote: string;
  /** It is an address, or may be one. */
  readonly isAddress: boolean;
  readonly everyMs: number;
  /** The name of the secret that it is signed in with; null: what Git finds without asking counts. */
  readonly signIn: { readonly username: string; readonly secret: string } | null;
}

export interface WebhookRule {
  /** Name of the secret. */
  readonly secret: string;
  /** Empty: all. */
  readonly events: readonly string[];
  readonly filter: RefFilter;
}

/** The `on` of a file in one form; null and empty lists are triggers that the file does not have. */
export interface TriggerRules {
  readonly schedules: readonly ScheduleRule[];
  readonly watch: WatchRule | null;
  readonly push: RemoteRule | null;
  readonly poll: RemoteRule | null;
  readonly pullRequest: RefFilter | null;
  readonly webhook: WebhookRule | null;
  readonly preCommit: RefFilter | null;
  readonly prePush: RefFilter | null;
}

export const DEFAULT_WEBHOOK_SECRET = 'PIPEWRIGHT_WEBHOOK_SECRET';
const DEBOUNCE_MS = 300;
const PUSH_MS = 60_000;
const MIN_PUSH_MS = 1_000;
const POLL_MS = 300_000;

/** The long form of `on`. */
type Said = Exclude<PipelineFile['on'], string | unknown[] | undefined>;

export function readRules(on: PipelineFile['on']): TriggerRules {
  const names = typeof on === 'string' ? [on] : Array.isArray(on) ? on : null;
  // A list of names can say `schedule` and `watch`, without saying when and what: nothing fires then.
  const bare = names?.filter((name) => name !== 'schedule' && name !== 'watch').map((name) => [name, null]);
  const said = (bare === undefined ? (on ?? {}) : Object.fromEntries(bare)) as Said;
  const { schedule = [], watch, push, poll, webhook } = said;
  return {
    schedules: (Array.isArray(schedule) ? schedule : [schedule]).map((entry) =>
      typeof entry === 'string'
        ? { cron: entry, timezone: null }
        : { cron: entry.cron, timezone: entry.timezone ?? null },
    ),
    watch:
      watch === undefined
        ? null
        : Array.isArray(watch)
          ? { paths: watch, ignore: [], debounceMs: DEBOUNCE_MS }
          : { paths: watch.paths, ignore: watch.ignore ?? [], debounceMs: watch.debounce ?? DEBOUNCE_MS },
    push:
      push === undefined
        ? null
        : {
            filter: push ?? {},
            remote: push?.remote ?? 'origin',
            isAddress: false,
            everyMs: Math.max(MIN_PUSH_MS, push?.every ?? PUSH_MS),
            signIn: null,
          },
    poll:
      poll === undefined
        ? null
        : {
            filter: poll ?? {},
            remote: poll?.url ?? 'origin',
            isAddress: /[:/\\]/.test(poll?.url ?? ''),
            everyMs: poll?.every ?? POLL_MS,
            signIn:
              poll?.secret === undefined
                ? null
                : { username: poll.username ?? TOKEN_USER, secret: poll.secret },
          },
    pullRequest: said['pull-request'] === undefined ? null : (said['pull-request'] ?? {}),
    webhook:
      webhook === undefined
        ? null
        : {
            secret: webhook?.secret ?? DEFAULT_WEBHOOK_SECRET,
            events: webhook?.events ?? [],
            filter: webhook?.branches === undefined ? {} : { branches: webhook.branches },
          },
    preCommit: said['pre-commit'] === undefined ? null : (said['pre-commit'] ?? {}),
    prePush: said['pre-push'] === undefined ? null : (said['pre-push'] ?? {}),
  };
}

/** What the file says of each trigger that it has, in one line for people. */
export function describeRules(rules: TriggerRules): readonly { type: TriggerType; summary: string }[] {
  const { schedules, watch, push, poll, pullRequest, webhook, preCommit, prePush } = rules;
  const found: { type: TriggerType; summary: string }[] = [];
  if (schedules.length > 0) {
    const times = schedules.map(({ cron, timezone }) => (timezone === null ? cron : `${cron} (${timezone})`));
    found.push({ type: 'schedule', summary: times.join('; ') });
  }
  if (watch) found.push({ type: 'watch', summary: watch.paths.join(', ') });
  if (push) found.push({ type: 'push', summary: describeRemote(push) });
  if (poll) found.push({ type: 'poll', summary: describeRemote(poll) });
  if (pullRequest) found.push({ type: 'pull-request', summary: describeFilter(pullRequest) || 'any' });
  if (webhook) {
    const what = [webhook.events.join(', '), describeFilter(webhook.filter)].filter(Boolean).join('; ');
    found.push({ type: 'webhook', summary: what || 'any event' });
  }
  if (preCommit) found.push({ type: 'pre-commit', summary: describeFilter(preCommit) || 'any commit' });
  if (prePush) found.push({ type: 'pre-push', summary: describeFilter(prePush) || 'any push' });
  return found;
}

function describeRemote({ remote, everyMs, filter }: RemoteRule): string {
  const every = `${publicUrl(remote)}, asked every ${formatDuration(everyMs)}`;
  return [every, describeFilter(filter)].filter(Boolean).join(': ');
}

function describeFilter(filter: RefFilter): string {
  return Object.entries(filter)
    .filter(([key, value]) => Array.isArray(value) && key !== 'remote')
    .map(([key, value]) => `${key} ${(value as readonly string[]).join(', ')}`)
    .join('; ');
}
