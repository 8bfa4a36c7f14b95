import { expect, it } from 'vitest';
import { HOST_TEST_STEPS, type HostTestEvent, type HostTestStep } from '#shared/api/host-schemas.ts';
import { ended, NEW_TEST, resultWords, withEvent } from './test-words.ts';

const told = (step: HostTestStep, status: HostTestEvent['status']): HostTestEvent => ({
  step,
  status,
  words: 'Said.',
  wayOut: null,
  offeredKey: null,
});

const through = (status: HostTestEvent['status'], last: HostTestEvent['status']) =>
  HOST_TEST_STEPS.reduce(
    (test, step) => withEvent(test, told(step, step === 'clock' ? last : status)),
    NEW_TEST,
  );

it('says nothing of a test that goes on', () => {
  expect(resultWords(through('passed', 'running'))).toBeNull();
});

it('says what a test has come to', () => {
  expect(resultWords(ended(through('passed', 'passed')))).toBe('Stages can run there.');
  expect(resultWords(ended(through('passed', 'warning')))).toMatch(/with what is said above/);
  expect(resultWords(ended(through('passed', 'failed')))).toBe('Stages cannot run there yet.');
  expect(resultWords(ended(NEW_TEST, 'The host is gone.'))).toBe('The host is gone.');
});

it('forgets the step that was under way when a test is ended', () => {
  const test = ended(through('passed', 'running'));
  expect(test.steps.clock).toBeUndefined();
  expect(test.steps.disk).toMatchObject({ status: 'passed' });
  expect(resultWords(test)).toBe('The test was ended.');
});
