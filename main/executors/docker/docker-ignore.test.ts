import { describe, expect, it } from 'vitest';
import { readDockerIgnore } from './docker-ignore.ts';

describe('what a .dockerignore leaves out', () => {
  it.each([
    ['node_modules', ['node_modules', 'node_modules/a/b.js'], ['src/node_modules', 'node_modules2']],
    ['/dist/', ['dist', 'dist/a.js'], ['src/dist']],
    ['*.md', ['README.md'], ['docs/README.md']],
    ['**/*.md', ['README.md', 'docs/deep/README.md'], ['README.mdx']],
    ['*/temp*', ['a/temp', 'a/temporary/file'], ['temp', 'a/b/temp']],
    ['temp?', ['temp1'], ['temp', 'temp12']],
    ['[ab].txt', ['a.txt', 'b.txt'], ['c.txt']],
    ['docs/**/drafts', ['docs/drafts', 'docs/a/b/drafts/x'], ['drafts']],
    ['# a note\n\n  secret.env  ', ['secret.env'], ['a note', '#']],
    ['*\n!src\n!package.json', ['README.md', 'lib/a'], ['src', 'src/a/b', 'package.json']],
    ['*.md\n!README.md\nREADME.md', ['README.md', 'a.md'], ['src']],
    ['a+b(c).txt', ['a+b(c).txt'], ['aab(c).txt']],
    ['.', [], ['src', 'a']],
  ])('%j', (text, out, stays) => {
    const { leavesOut } = readDockerIgnore(text);
    expect(out.filter((path) => !leavesOut(path))).toEqual([]);
    expect(stays.filter(leavesOut)).toEqual([]);
  });

  it('may be a whole folder, unless something of it is taken back in', () => {
    expect(readDockerIgnore('node_modules').leavesOutAll('node_modules')).toBe(true);
    expect(readDockerIgnore('node_modules').leavesOutAll('src')).toBe(false);
    expect(readDockerIgnore('node_modules\n!node_modules/own').leavesOutAll('node_modules')).toBe(false);
  });
});
