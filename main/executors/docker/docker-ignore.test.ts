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
    const isOut = readDockerIgnore(text);
    expect(out.filter((path) => !isOut(path))).toEqual([]);
    expect(stays.filter(isOut)).toEqual([]);
  });
});
