import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLibtest } from './libtest.ts';

const OUTPUT = `
running 3 tests
test tests::adds ... ok
test tests::is bad - should panic ... FAILED
test tests::later ... ignored, not today

failures:

---- tests::is bad stdout ----

thread 'tests::is bad' panicked at src/lib.rs:3:5:
no

failures:
    tests::is bad

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
`;

test('results and what failed tests said are read', () => {
  const report = readLibtest(OUTPUT);
  expect(report).toMatchObject({ total: 3, passed: 1, failed: 1, skipped: 1 });
  expect(report.suites[0]!.cases).toMatchObject([
    { name: 'tests::adds', status: 'passed' },
    {
      name: 'tests::is bad',
      status: 'failed',
      message: "thread 'tests::is bad' panicked at src/lib.rs:3:5:",
    },
    { name: 'tests::later', status: 'skipped', message: 'not today' },
  ]);
});

test('other text has no tests', () => {
  expect(readLibtest('error: could not compile')).toMatchObject({ total: 0, suites: [] });
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { total, suites } = readLibtest(text);
      expect(suites.flatMap(({ cases }) => cases)).toHaveLength(total);
    }),
  );
});
