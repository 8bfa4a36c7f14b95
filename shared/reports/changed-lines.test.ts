import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseChangedLines } from './changed-lines.ts';

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
diff --git "a/um\\tä.ts" "b/um\\tä.ts"
--- "a/um\\tä.ts"
+++ "b/um\\tä.ts"
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
    ['um\tä.ts', [7]],
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
