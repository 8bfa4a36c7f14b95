import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseChangedLines } from './changed-lines.ts';
import { patchCoverage } from './patch-coverage.ts';

const PATCH = `diff --git a/src/money.ts b/src/money.ts
index 1..2 100644
--- a/src/money.ts
+++ b/src/money.ts
@@ -3 +3,2 @@ export function add()
-  return a;
+  const sum = a + b;
+++ b/fake.ts
@@ -9,2 +10,0 @@
--- gone
-gone
diff --git a/new file.ts b/new file.ts
--- /dev/null
+++ b/new file.ts\t
@@ -0,0 +1 @@
+x
\\ No newline at end of file
diff --git "a/um\\303\\244.ts" "b/um\\303\\244.ts"
--- "a/um\\303\\244.ts"
+++ "b/um\\303\\244.ts"
@@ -1 +7 @@
-a
+b
diff --git a/only-removed.ts b/only-removed.ts
--- a/only-removed.ts
+++ b/only-removed.ts
@@ -1,2 +0,0 @@
-a
-b
`;

test('the lines that a patch adds or changes are told by file, and nothing that only looks like a header', () => {
  expect([...parseChangedLines(PATCH)]).toEqual([
    ['src/money.ts', [3, 4]],
    ['new file.ts', [1]],
    ['umä.ts', [7]],
  ]);
});

test('any text is read to its end', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.constantFrom('+++ b/x', '+++ "b/\\', '@@ -1,999999999 +1,99999999999 @@', '@@ -1 +2 @@'),
        ),
      ),
      (lines) => {
        for (const [path, numbers] of parseChangedLines(lines.join('\n'))) {
          expect(typeof path).toBe('string');
          expect(numbers.length).toBeGreaterThan(0);
        }
      },
    ),
  );
});

test('only changed lines that can be covered count for a patch', () => {
  const files = [
    {
      path: 'src/money.ts',
      hits: [
        [3, 0],
        [4, 2],
        [5, 0],
      ] as [number, number][],
    },
    { path: 'other.ts', hits: [[1, 0]] as [number, number][] },
    { path: 'new file.ts' },
  ];
  expect(patchCoverage(files, parseChangedLines(PATCH))).toEqual({
    lines: { covered: 1, total: 2, pct: 50 },
    files: [{ path: 'src/money.ts', lines: { covered: 1, total: 2, pct: 50 } }],
  });
  expect(patchCoverage([{ path: 'new file.ts' }], parseChangedLines(PATCH))).toBeNull();
});
