import { DEFAULT_CHANGES, type StatusChange } from '#shared/api/setting-schemas.ts';
import type { PipelineFile } from '#shared/pipeline/schema.ts';

/** The changes of status that people can be told. `fixed`: it succeeds, and the run before had failed. */
export type Change = StatusChange;

export type NotificationRule = NonNullable<PipelineFile['notifications']>[number];

/** How a message leaves this machine; plain data, kept until it has left. Texts may hold `${{ }}`. */
export type Channel =
  | { readonly type: 'email'; readonly to: readonly string[]; readonly subject: string | null }
  | {
      readonly type: 'webhook';
      readonly url: string;
      readonly format: 'json' | 'slack' | 'teams' | 'discord';
      readonly template: string | null;
    };

/** What a change counts as: who wants to know of successes wants to know of `fixed`, too. */
export const changesOf = (change: Change): readonly Change[] =>
  change === 'fixed' ? ['fixed', 'succeeded'] : [change];

/**
 * Whether the people at this machine are to be told. Rules that name the desktop decide; where none does, every end of a
 * run and every wait for a person is told.
 */
export function wantsDesktop(rules: readonly NotificationRule[], changes: readonly Change[]): boolean {
  const deciding = rules.filter(({ desktop }) => desktop !== undefined);
  if (deciding.length === 0) return true;
  return deciding.some(
    ({ desktop, when = DEFAULT_CHANGES }) =>
      desktop === true && changes.some((change) => when.includes(change)),
  );
}

/** The channels that rules want for a change; each once. A notification of the desktop is no message that leaves. */
export function channelsFor(rules: readonly NotificationRule[], changes: readonly Change[]): Channel[] {
  const channels = new Map<string, Channel>();
  for (const { when = DEFAULT_CHANGES, email, webhook } of rules) {
    if (!changes.some((change) => when.includes(change))) continue;
    const wanted: Channel[] = [];
    if (email) wanted.push({ type: 'email', to: email.to, subject: email.subject ?? null });
    if (webhook) {
      const { url, format = 'json', template = null } = webhook;
      wanted.push({ type: 'webhook', url, format, template });
    }
    for (const channel of wanted) channels.set(JSON.stringify(channel), channel);
  }
  return [...channels.values()];
}
