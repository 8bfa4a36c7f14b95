import { expect, it } from 'vitest';
import { readRules } from '#main/triggers/rules.ts';
import { assumeEvent, eventNamed } from './assume-event.ts';

const rules = readRules({
  push: { branches: ['main'], paths: ['src/**'] },
  'pull-request': null,
});
const git = { commit: 'c0ffee', branch: 'main', message: 'Latest' };

it('says whether the triggers of a file would start a run, and why not', () => {
  expect(assumeEvent(rules, git, { event: 'push' }).event).toEqual({
    name: 'push',
    title: 'A push to `main`',
    starts: true,
    whyNot: null,
  });
  const whyNot = (of: Parameters<typeof assumeEvent>[2]) => assumeEvent(rules, git, of).event.whyNot;
  expect(whyNot({ event: 'push', branch: 'topic' })).toBe('the branch topic is not chosen');
  expect(whyNot({ event: 'push', changed: ['docs/a.md'] })).toBe('no chosen file changed');
  expect(whyNot({ event: 'push', changed: ['src/a.ts'] })).toBe(null);
  expect(whyNot({ event: 'push', tag: 'v1' })).toBe('it is a tag');
  expect(whyNot({ event: 'schedule' })).toBe('the file has no trigger `schedule`');
  expect(whyNot({ branch: 'topic', changed: [] })).toBe(null);
  const ofPoll = readRules({ poll: { url: 'upstream', branches: ['main'] } });
  expect(assumeEvent(ofPoll, git, { event: 'poll' }).event).toMatchObject({
    title: 'A change of `main` found by asking',
    starts: true,
  });
  const ofTags = readRules({ push: { tags: ['v*'] } });
  expect(assumeEvent(ofTags, git, { event: 'push', tag: 'v1' }).event.starts).toBe(true);
});

it('tells the run what it would know', () => {
  const { git: assumed, trigger } = assumeEvent(rules, git, {
    event: 'push',
    branch: 'topic',
    changed: ['a'],
  });
  expect(assumed).toEqual({ ...git, branch: 'topic' });
  expect(trigger).toEqual({
    type: 'push',
    event: 'push',
    ref: 'refs/heads/topic',
    branch: 'topic',
    changed: ['a'],
  });
  expect(assumeEvent(rules, null, { event: 'push', tag: 'v1' }).event.title).toBe('A push to the tag `v1`');
});

it('refuses an event that there is not, with those that there are', () => {
  expect(eventNamed('pre-push')).toBe('pre-push');
  expect(() => eventNamed('pull')).toThrow('There is no event pull.');
});
