import type { ProjectId } from '#shared/lib/ids.ts';
import {
  DEFAULT_CHANGES,
  notificationRuleSchema,
  type SettingRule,
  STATUS_CHANGES,
  type StatusChange,
  type TestChannel,
  type WebhookFormat,
} from '#shared/api/setting-schemas.ts';
import { readWith, type ReadDraft } from '../field-errors.ts';

/** A rule as its fields show it. What a way of telling that is off has in its fields is kept while the form is open. */
export interface RuleDraft {
  readonly when: readonly StatusChange[];
  readonly projectId: ProjectId | null;
  readonly desktop: boolean;
  readonly email: boolean;
  /** Addresses with commas, spaces or lines between. */
  readonly to: string;
  readonly subject: string;
  readonly webhook: boolean;
  readonly url: string;
  readonly format: WebhookFormat;
  readonly template: string;
}

export function ruleDraft(rule: SettingRule | null): RuleDraft {
  return {
    when: rule?.when ?? DEFAULT_CHANGES,
    projectId: rule?.projectId ?? null,
    desktop: rule === null || rule.desktop === true,
    email: rule?.email !== undefined,
    to: rule?.email?.to.join(', ') ?? '',
    subject: rule?.email?.subject ?? '',
    webhook: rule?.webhook !== undefined,
    url: rule?.webhook?.url ?? '',
    format: rule?.webhook?.format ?? 'slack',
    template: rule?.webhook?.template ?? '',
  };
}

function emailOf({ to, subject }: RuleDraft) {
  const addresses = to.split(/[\s,;]+/).filter((address) => address !== '');
  return { to: addresses, ...(subject.trim() === '' ? {} : { subject: subject.trim() }) };
}

function webhookOf({ url, format, template }: RuleDraft) {
  return { url: url.trim(), format, ...(template.trim() === '' ? {} : { template }) };
}

export function readRuleDraft(draft: RuleDraft): ReadDraft<SettingRule> {
  return readWith(notificationRuleSchema, {
    when: STATUS_CHANGES.filter((change) => draft.when.includes(change)),
    projectId: draft.projectId,
    ...(draft.desktop ? { desktop: true } : {}),
    ...(draft.email ? { email: emailOf(draft) } : {}),
    ...(draft.webhook ? { webhook: webhookOf(draft) } : {}),
  });
}

/** One way of telling, to try it or to see what it says. */
export function channelOf(draft: RuleDraft, type: TestChannel['type']): TestChannel {
  return type === 'email' ? { type, ...emailOf(draft) } : { type, ...webhookOf(draft) };
}
