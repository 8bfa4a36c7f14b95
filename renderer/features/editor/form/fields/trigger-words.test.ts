import { expect, it } from 'vitest';
import { triggerWords } from './trigger-words.ts';

it('says of a trigger what it asks for', () => {
  expect(triggerWords('0 3 * * *')).toBe('0 3 * * *');
  expect(triggerWords([{ cron: '0 3 * * *', timezone: 'UTC' }, '0 4 * * *'])).toBe(
    '0 3 * * * (UTC), 0 4 * * *',
  );
  expect(triggerWords(['src/**', 'package.json'])).toBe('src/**, package.json');
  expect(triggerWords({ branches: ['main'], paths: 'src/**' })).toBe('branches main paths src/**');
});

it('says nothing of one that takes everything', () => {
  expect(triggerWords(null)).toBeNull();
  expect(triggerWords({})).toBeNull();
});
