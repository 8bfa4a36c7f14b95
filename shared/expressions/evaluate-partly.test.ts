import { describe, expect, it } from 'vitest';
import { evaluatePartly, type ExpectedStatus } from './evaluate-partly.ts';

const contexts = {
  git: { branch: 'topic' },
  inputs: { target: 'staging' },
  needs: {},
  secrets: { T: 'tiger' },
};
const SUCCEEDS: ExpectedStatus = { success: true, failure: false, cancelled: false };

const judge = (condition: string, status = SUCCEEDS) =>
  evaluatePartly(condition, contexts, status, ({ context }) => context !== 'needs', {
    hashFiles: (globs) => globs.join(),
  }).result;

describe('a condition of which some values are not known', () => {
  it.each([
    ["git.branch == 'topic'", true],
    ["git.branch == 'main'", false],
    ["needs.a.outputs.b == 'x'", null],
    ["git.branch == 'main' && needs.a.outputs.b", false],
    ["needs.a.outputs.b && git.branch == 'main'", false],
    ["git.branch == 'topic' && needs.a.outputs.b", null],
    ["git.branch == 'topic' || needs.a.outputs.b", true],
    ["git.branch == 'main' || needs.a.outputs.b", null],
    ['!needs.a.outputs.b', null],
    ["!(git.branch == 'main' && needs.a.outputs.b)", true],
    ["contains(needs.*.result, 'failed')", null],
    ["fromJSON(needs.a.outputs.b)[0] == 'x'", null],
    ["${{ hashFiles('a', 'b') == 'a,b' }}", true],
    ['always()', true],
    ['failure()', false],
    ['!cancelled() && success()', true],
  ])('%s comes to %s', (condition, expected) => {
    expect(judge(condition)).toBe(expected);
  });

  it('depends on what it needs unless it asks for a status itself', () => {
    const unknown = { ...SUCCEEDS, success: null };
    expect(judge('true', unknown)).toBe(null);
    expect(judge("git.branch == 'main'", unknown)).toBe(false);
    expect(judge('always()', unknown)).toBe(true);
    expect(judge('success() || always()', unknown)).toBe(true);
    expect(judge('fromJSON(git.branch)', { ...SUCCEEDS, success: false })).toBe(false);
  });

  it('shows what it read, and neither what is not known nor a secret', () => {
    const condition = "git.branch == 'main' && needs.a.outputs.b == secrets.T";
    const { values } = evaluatePartly(condition, contexts, SUCCEEDS, ({ context }) => context !== 'needs');
    expect(values.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'git.branch', value: '"topic"' },
      { name: 'needs.a.outputs.b', value: null },
      { name: 'secrets.T', value: '***' },
    ]);
  });

  it('fails like a run where a known part cannot be evaluated', () => {
    expect(() => judge('fromJSON(git.branch)')).toThrow('cannot be evaluated');
    expect(() => judge('nothere.x')).toThrow('no context');
  });
});
