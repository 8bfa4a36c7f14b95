import { expect, it } from 'vitest';
import { previewTimes } from './preview-times.ts';

/** A Monday. */
const NOW = Date.parse('2026-11-23T12:00:00Z');

it('names the next times of an expression in its time zone', () => {
  expect(previewTimes({ cron: '0 3 * * 1-5', timezone: 'Europe/Berlin', count: 5 }, NOW)).toEqual({
    times: [
      '2026-11-24T02:00:00.000Z',
      '2026-11-25T02:00:00.000Z',
      '2026-11-26T02:00:00.000Z',
      '2026-11-27T02:00:00.000Z',
      '2026-11-30T02:00:00.000Z',
    ],
    problem: null,
  });
});

it('names none for a day that never comes', () => {
  expect(previewTimes({ cron: '0 0 31 2 *', timezone: 'UTC', count: 3 }, NOW)).toEqual({
    times: [],
    problem: null,
  });
});

it.each(['', 'daily', '0 3 * *', '61 * * * *', '* * * * * *'])(
  'says in one sentence what is wrong with %j',
  (cron) => {
    const { times, problem } = previewTimes({ cron, count: 3 }, NOW);
    expect(times).toEqual([]);
    expect(problem).toMatch(/^[A-Z][^\n]+\.$/);
    expect(problem).not.toContain('Cron');
  },
);

it('says that there is no such time zone', () => {
  expect(previewTimes({ cron: '0 3 * * *', timezone: 'Europe/Atlantis', count: 3 }, NOW)).toEqual({
    times: [],
    problem: 'There is no time zone Europe/Atlantis: write one such as Europe/Berlin.',
  });
});
