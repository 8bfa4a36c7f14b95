import { expect, it } from 'vitest';
import type { SettingRule } from '#shared/api/setting-schemas.ts';
import { projectIdOf } from '#shared/lib/ids.ts';
import { readRuleDraft, ruleDraft } from './rule-draft.ts';
import { changesWords, channelWords, projectWords } from './rule-words.ts';
import { readSmtpDraft, smtpDraft } from './smtp-draft.ts';

const RULE: SettingRule = {
  when: ['failed', 'waiting-approval'],
  projectId: projectIdOf('shop0000'),
  email: { to: ['a@example.org', 'b@example.org'], subject: '${{ run.name }}' },
  webhook: { url: 'https://hooks.example.org/T1/secret', format: 'teams', template: 'x' },
};

it('reads back the rule that its fields show', () => {
  expect(readRuleDraft(ruleDraft(RULE))).toEqual({ ok: true, value: RULE });
});

it('reads addresses with commas, spaces and lines between', () => {
  const read = readRuleDraft({
    ...ruleDraft(null),
    desktop: false,
    email: true,
    to: 'a@x.org; b@x.org\nc@x.org',
  });
  expect(read).toMatchObject({ ok: true, value: { email: { to: ['a@x.org', 'b@x.org', 'c@x.org'] } } });
});

it('says at which field a rule is wrong', () => {
  const draft = { ...ruleDraft(null), when: [], webhook: true, url: 'ftp://x' };
  expect(readRuleDraft(draft)).toMatchObject({
    ok: false,
    errors: { when: 'Choose at least one change.', 'webhook.url': expect.stringContaining('http') as string },
  });
});

it('puts a rule into words without the path of an address', () => {
  expect(changesWords({})).toBe('fails, works again');
  expect(channelWords(RULE)).toEqual([
    'E-mail to a@example.org, b@example.org',
    'Teams at hooks.example.org',
  ]);
  expect(projectWords(RULE, [])).toBe('A project off the list');
  expect(projectWords({ projectId: null }, [])).toBe('Every project');
});

it('takes empty fields of the mail server for no mail server', () => {
  expect(readSmtpDraft(smtpDraft(null))).toEqual({ ok: true, value: null });
  const smtp = {
    host: 'smtp.example.org',
    port: 465,
    secure: true,
    requireTls: false,
    user: null,
    passwordSecret: 'SMTP',
    from: 'Pipewright <ci@example.org>',
  };
  expect(readSmtpDraft(smtpDraft(smtp))).toEqual({ ok: true, value: smtp });
  expect(readSmtpDraft({ ...smtpDraft(smtp), port: 'x', from: 'nobody' })).toMatchObject({
    ok: false,
    errors: { port: expect.any(String) as string, from: expect.any(String) as string },
  });
});
