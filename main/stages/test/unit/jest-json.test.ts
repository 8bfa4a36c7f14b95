import { expect, test } from 'vitest';
import { readJestJson } from './jest-json.ts';

const assertion = (title: string, status: string, more: object = {}) => ({
  ...{ ancestorTitles: ['outer', 'inner'], title, status, duration: 3, failureMessages: [] },
  ...more,
});

test('tests, files that do not load, and what is not run are read', () => {
  const failureMessages = ['\u001b[31mError: no\u001b[39m\n  at x'];
  const report = readJestJson(
    JSON.stringify({
      testResults: [
        {
          ...{ name: '/w/a.test.js', status: 'failed', message: '' },
          assertionResults: [
            assertion('a', 'passed'),
            assertion('b', 'failed', { failureMessages }),
            assertion('c', 'todo', { duration: null }),
          ],
        },
        { name: '/w/b.test.js', status: 'failed', message: 'SyntaxError: x', assertionResults: [] },
      ],
    }),
  );
  expect(report).toMatchObject({ total: 4, passed: 1, failed: 1, errored: 1, skipped: 1, durationMs: 6 });
  expect(report.suites[0]!.cases[1]).toMatchObject({
    ...{ name: 'b', classname: 'outer > inner', message: 'Error: no', details: 'Error: no\n  at x' },
  });
  expect(report.suites[1]!.cases[0]).toMatchObject({ status: 'errored', message: 'SyntaxError: x' });
});

test('another form is refused', () => {
  expect(() => readJestJson('{"success":true}')).toThrow();
});
