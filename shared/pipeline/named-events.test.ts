import { expect, it } from 'vitest';
import { namedEvents } from './named-events.ts';

it('lists the events of every form of `on`', () => {
  expect(namedEvents(undefined)).toEqual([]);
  expect(namedEvents('push')).toEqual(['push']);
  expect(namedEvents(['pre-push', 'push'])).toEqual(['push', 'pre-push']);
  expect(namedEvents({ push: null, schedule: '0 3 * * *' })).toEqual(['push', 'schedule']);
});

it('leaves out a schedule without times and a watch without paths', () => {
  expect(namedEvents(['schedule', 'watch', 'webhook'])).toEqual(['webhook']);
  expect(namedEvents({ schedule: [], push: {} })).toEqual(['push']);
});
