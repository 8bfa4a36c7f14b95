import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSourcePaths } from './source-paths.ts';

const workspace = path.resolve('/work/space');
const paths = createSourcePaths({
  workspaces: [workspace, '/seen/inside'],
  cwd: path.join(workspace, 'packages/a'),
});

test.each([
  ['src/a.ts', 'packages/a/src/a.ts'],
  ['./src/../b.ts', 'packages/a/b.ts'],
  ['../b/c.ts', 'packages/b/c.ts'],
  [`${workspace}/src/a.ts`, 'src/a.ts'],
  ['/seen/inside/src/a.ts', 'src/a.ts'],
  [`file://${workspace}/with%20space.ts`, 'with space.ts'],
  ['../../../../etc/passwd', '/etc/passwd'],
  ['/etc/passwd', '/etc/passwd'],
  [`${workspace}/../../etc/passwd`, '/etc/passwd'],
  ['file:///etc/passwd', '/etc/passwd'],
  ['C:\\build\\a.cs', 'C:/build/a.cs'],
  ['src\\win.cs', 'packages/a/src/win.cs'],
])('%s is shown as %s', (file, shown) => {
  expect(paths.of(file)).toBe(shown);
});

test('a folder that paths are relative to may be written with either slash', () => {
  expect(paths.of('', ['../..\\'])).toBe(workspace);
});

test('a relative path never leads out of the workspace, whatever a report says', () => {
  const part = fc.constantFrom('..', '.', '/', '\\', 'a', 'etc', '%2e%2e', 'file:', '//', '\0', 'C:', ' ');
  const text = fc.oneof(
    fc.array(part).map((parts) => parts.join('')),
    fc.string(),
  );
  fc.assert(
    fc.property(text, fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }), (file, bases) => {
      const shown = paths.of(file, bases);
      const isAbsolute = shown.startsWith('/') || /^[A-Za-z]:\//.test(shown);
      if (!isAbsolute) {
        expect(path.resolve(workspace, shown).startsWith(workspace + path.sep)).toBe(true);
        expect(shown).not.toContain('\0');
      }
    }),
    { numRuns: 3_000 },
  );
});
