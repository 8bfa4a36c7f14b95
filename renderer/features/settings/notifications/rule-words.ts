import type { Project } from '#shared/api/schemas.ts';
import {
  DEFAULT_CHANGES,
  type SettingRule,
  type StatusChange,
  type WebhookFormat,
} from '#shared/api/setting-schemas.ts';

/** What a run does: the end of "when a run …". */
export const CHANGE_VERBS: Readonly<Record<StatusChange, string>> = {
  failed: 'fails',
  fixed: 'works again',
  'waiting-approval': 'waits for approval',
  succeeded: 'succeeds',
  cancelled: 'is cancelled',
  interrupted: 'is interrupted',
};

/** What was told. */
export const CHANGE_WORDS: Readonly<Record<StatusChange, string>> = {
  failed: 'Failed',
  fixed: 'Works again',
  'waiting-approval': 'Waits for approval',
  succeeded: 'Succeeded',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
};

export const FORMAT_WORDS: Readonly<Record<WebhookFormat, string>> = {
  slack: 'Slack',
  teams: 'Teams',
  discord: 'Discord',
  json: 'JSON',
};

/** `fails, works again`. */
export const changesWords = ({ when }: Pick<SettingRule, 'when'>): string =>
  (when ?? DEFAULT_CHANGES).map((change) => CHANGE_VERBS[change]).join(', ');

/** Of whose runs a rule tells. */
export function projectWords(
  { projectId }: Pick<SettingRule, 'projectId'>,
  projects: readonly Pick<Project, 'id' | 'name'>[],
): string {
  if (projectId === null) return 'Every project';
  return projects.find(({ id }) => id === projectId)?.name ?? 'A project off the list';
}

/** The ways in which a rule tells, each in a few words; of an address only the host, since its path may be a password. */
export function channelWords({ desktop, email, webhook }: SettingRule): string[] {
  const words: string[] = [];
  if (desktop !== undefined) words.push(desktop ? 'Desktop' : 'Not on the desktop');
  if (email !== undefined) words.push(`E-mail to ${email.to.join(', ')}`);
  if (webhook !== undefined) {
    const { url, format = 'json' } = webhook;
    words.push(`${FORMAT_WORDS[format]} at ${URL.canParse(url) ? new URL(url).host : url}`);
  }
  return words;
}
