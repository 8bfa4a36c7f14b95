import { expect, it } from 'vitest';
import { storageSettingsSchema } from '#shared/api/setting-schemas.ts';
import { readRetentionDraft, retentionDraft } from './retention-draft.ts';

const DEFAULTS = storageSettingsSchema.parse({});

it('reads back the limits that its fields show, no limit too', () => {
  const limits = { ...DEFAULTS, retention: { ...DEFAULTS.retention, maxAgeMs: null, maxBytes: null } };
  expect(readRetentionDraft(retentionDraft(limits))).toEqual({ ok: true, value: limits });
});

it('takes parts of a day and of a gigabyte', () => {
  const read = readRetentionDraft({ ...retentionDraft(DEFAULTS), days: '0.5', cacheGigabytes: '1,5' });
  expect(read).toMatchObject({
    ok: true,
    value: { retention: { maxAgeMs: 43_200_000 }, cacheMaxBytes: 1_500_000_000 },
  });
});

it('says at each field what it may hold', () => {
  const read = readRetentionDraft({ ...retentionDraft(DEFAULTS), days: '-1', runs: '0', cacheGigabytes: '' });
  expect(read).toEqual({
    ok: false,
    errors: {
      'retention.maxAgeMs': 'A number, or nothing for no limit.',
      'retention.maxRuns': 'A whole number from 1, or nothing for no limit.',
      cacheMaxBytes: 'A number of gigabytes; 0 keeps no caches.',
    },
  });
});
