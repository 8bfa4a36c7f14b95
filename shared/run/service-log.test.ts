import { expect, it } from 'vitest';
import { stageIdOf } from '../lib/ids.ts';
import { logWords, serviceLogOf } from './service-log.ts';

it('tells the log of a service from that of a stage, legs among them', () => {
  expect(logWords(stageIdOf('test'))).toBe('test');
  expect(logWords(stageIdOf('test[tag=a#b]'))).toBe('test[tag=a#b]');
  expect(logWords(serviceLogOf(stageIdOf('test[tag=a#b]'), 'db'))).toBe('service db of test[tag=a#b]');
});
