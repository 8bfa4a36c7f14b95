import { expect, it } from 'vitest';
import { notificationRuleSchema, smtpSchema } from '#shared/api/setting-schemas.ts';
import { errorAt, numberOf, readWith } from './field-errors.ts';

it('names each field that does not fit, with one sentence', () => {
  const read = readWith(smtpSchema, { host: '', port: 0, from: 'nobody' });
  expect(read).toMatchObject({ ok: false, errors: { port: 'A port is a whole number from 1 to 65535.' } });
  expect(Object.keys(read.ok ? {} : read.errors)).toEqual(['host', 'port', 'from']);
});

it('finds the error of an item at the field of the list', () => {
  const read = readWith(notificationRuleSchema, { email: { to: ['a@example.org', 'b'] } });
  expect(read.ok ? undefined : errorAt(read.errors, 'email.to')).toBe('Addresses such as team@example.org.');
  expect(read.ok ? undefined : errorAt(read.errors, 'webhook')).toBeUndefined();
});

it('refuses a rule that tells nobody', () => {
  const read = readWith(notificationRuleSchema, { when: ['failed'] });
  expect(read).toEqual({ ok: false, errors: { '': 'Choose at least one way to tell.' } });
});

it('reads numbers as people write them', () => {
  expect([' 12 ', '1,5', '', 'x', '1e3'].map(numberOf)).toEqual([12, 1.5, null, Number.NaN, Number.NaN]);
});
