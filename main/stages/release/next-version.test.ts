import fc from 'fast-check';
import { valid } from 'semver';
import { describe, expect, it } from 'vitest';
import { bumpOf, nextVersion, readCommit, releaseNotes } from './next-version.ts';

const commits = (...messages: readonly string[]) =>
  messages.map((message, index) => readCommit(String(index).padStart(40, 'a'), message));

describe('the next version', () => {
  it.each([
    [['feat: a', 'fix: b'], 'minor'],
    [['fix: b', 'docs: c'], 'patch'],
    [['feat(api)!: gone'], 'major'],
    [['fix: a\n\nBREAKING CHANGE: the flag is gone'], 'major'],
    [['docs: c', 'Merge branch x'], null],
    [[], null],
  ] as const)('is raised by %j as %s', (messages, bump) => {
    expect(bumpOf(commits(...messages))).toBe(bump);
  });

  it.each([
    ['1.2.3', 'major', '', '2.0.0'],
    ['0.2.3', 'major', '', '0.3.0'],
    ['1.2.3', 'minor', 'beta', '1.3.0-beta.0'],
    ['1.3.0-beta.0', 'minor', 'beta', '1.3.0-beta.1'],
    ['1.3.0-beta.1', 'minor', '', '1.3.0'],
  ] as const)('after %s by %s with "%s" is %s', (last, bump, preid, next) => {
    expect(nextVersion(last, bump, preid)).toBe(next);
  });

  it('is always a version, and no message breaks the notes', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('feat: ', 'fix(x): ', ''), (text, type) => {
        const [commit] = commits(type + text);
        expect(valid(nextVersion('1.0.0', bumpOf(commit ? [commit] : []) ?? 'patch'))).not.toBeNull();
        expect(releaseNotes('1.0.0', '2026-11-02', commit ? [commit] : []).split('\n')[0]).toBe(
          '## 1.0.0 (2026-11-02)',
        );
      }),
    );
  });

  it('has notes with what was done, and what is Markdown in it is text', () => {
    const notes = releaseNotes('1.3.0', '2026-11-02', commits('feat(api): add `x`', 'fix: y', 'docs: z'));
    expect(notes).toContain('### Features\n\n- **api:** add \\`x\\` (aaaaaaa)');
    expect(notes).not.toContain('docs');
  });
});
