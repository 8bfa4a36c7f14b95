import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageFaults, parseCommitlint } from './commit-rule.ts';

describe('the message of a commit', () => {
  it.each([
    'fix: a',
    'feat(cart)!: b',
    'Merge branch x',
    'Revert "x"',
    'docs: a\n\nbody\n',
    'fix: and so on...',
  ])('may be %j', (message) => {
    expect(messageFaults(message)).toEqual([]);
  });

  it.each([
    ['', 'has no subject'],
    ['fixed it', 'does not begin with a type'],
    ['fix:a', 'does not begin with a type'],
    ['fix: a.', 'full stop'],
    ['fix: a\nbody', 'no empty line'],
    [`fix: ${'a'.repeat(100)}`, 'more than 100 characters'],
  ])('may not be %j', (message, fault) => {
    expect(messageFaults(message).join()).toContain(fault);
  });

  it('is judged quickly, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(messageFaults(text))));
  });
});

it('reads what commitlint writes', () => {
  const text = [
    '⧗   input: bad message',
    '✖   subject may not be empty [subject-empty]',
    '⚠   body must have leading blank line [body-leading-blank]',
    '',
    '✖   found 1 problems, 1 warnings',
    'ⓘ   Get help: https://github.com/conventional-changelog/commitlint',
  ].join('\n');
  expect(parseCommitlint(text)).toEqual({
    checked: 1,
    problems: [
      { subject: 'bad message', ruleId: 'subject-empty', message: 'subject may not be empty', isError: true },
      {
        subject: 'bad message',
        ruleId: 'body-leading-blank',
        message: 'body must have leading blank line',
        isError: false,
      },
    ],
  });
});
