import { expect, it } from 'vitest';
import { changesOf, channelsFor, wantsDesktop } from './rules.ts';

it('tells the desktop of every end and every wait where no rule speaks of it', () => {
  const rules = [{ when: ['failed'] as const, email: { to: ['a@example.org'] } }].map((rule) => ({
    ...rule,
    when: [...rule.when],
  }));
  expect(wantsDesktop(rules, ['succeeded'])).toBe(true);
  expect(wantsDesktop([], ['waiting-approval'])).toBe(true);
});

it('leaves it to the rules that name the desktop, where there are such', () => {
  expect(wantsDesktop([{ desktop: true }], ['failed'])).toBe(true);
  expect(wantsDesktop([{ desktop: true }], ['succeeded'])).toBe(false);
  expect(wantsDesktop([{ desktop: true, when: ['succeeded'] }], changesOf('fixed'))).toBe(true);
  expect(wantsDesktop([{ desktop: false }], ['failed'])).toBe(false);
});

it('takes a notification of the desktop for no message that leaves', () => {
  expect(channelsFor([{ desktop: true }], ['failed'])).toEqual([]);
});
