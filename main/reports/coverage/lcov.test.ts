import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverageSchema } from '#shared/reports/coverage.ts';
import { createBreather } from '../breather.ts';
import { createSourcePaths } from '../source-paths.ts';
import { createCoverageRecords } from './coverage-records.ts';
import { readCoverage } from './read-coverage.ts';

async function read(...texts: string[]) {
  const records = createCoverageRecords();
  const paths = createSourcePaths({ workspaces: ['/work'] });
  const { signal } = new AbortController();
  const issues = [];
  for (const text of texts) {
    issues.push(...(await readCoverage(Buffer.from(text), 'lcov.info', records, paths, signal)));
  }
  return { coverage: await records.coverage(createBreather(signal)), issues };
}

const TRACE = `TN:
SF:src/a.js
FN:1,5,add
FN:7,sub
FNDA:3,add
FNDA:0,sub
FNF:2
FNH:1
BRDA:2,0,0,3
BRDA:2,0,1,-
BRF:2
BRH:1
DA:1,3
DA:2,3,checksum
DA:3,0
LF:3
LH:2
end_of_record
`;

test('lines, branches and functions are counted from their hits', async () => {
  const { coverage, issues } = await read(TRACE);
  expect(issues).toEqual([]);
  const whole = {
    lines: { covered: 2, total: 3, pct: 66.66 },
    branches: { covered: 1, total: 2, pct: 50 },
    functions: { covered: 1, total: 2, pct: 50 },
  };
  expect(coverage).toEqual({
    ...whole,
    files: [
      {
        path: 'src/a.js',
        ...whole,
        hits: [
          [1, 3],
          [2, 3],
          [3, 0],
        ],
      },
    ],
  });
});

test('a file that several traces name is counted once, with the hits of all', async () => {
  const { coverage } = await read(
    TRACE,
    TRACE.replace('DA:3,0', 'DA:3,1').replace('FNDA:0,sub', 'FNDA:2,sub'),
  );
  expect(coverage!.files).toHaveLength(1);
  expect(coverage!.lines).toEqual({ covered: 3, total: 3, pct: 100 });
  expect(coverage!.functions.pct).toBe(100);
});

test('a tool that writes totals alone is believed', async () => {
  expect((await read('SF:a.c\r\nLF:10\r\nLH:4\r\nend_of_record\r\n')).coverage!.lines).toEqual({
    covered: 4,
    total: 10,
    pct: 40,
  });
});

test('lines that make no sense are passed over', async () => {
  const { coverage } = await read(
    'garbage\nDA:1,1\nSF:a.c\nDA:1,x\nDA:2,-3\nDA:3,1\nXX:\nend_of_record\nDA:9,9\n',
  );
  expect(coverage!.lines).toEqual({ covered: 1, total: 3, pct: 33.33 });
});

test('a report without measures has no percentages', async () => {
  expect((await read('SF:a.c\nend_of_record')).coverage!.lines.pct).toBeNull();
});

test.each([
  ['', 'report-empty'],
  ['<coverage/>', 'report-not-coverage'],
  ['<html/>', 'report-not-coverage'],
  ['hello', 'report-not-lcov'],
])('%j is no coverage report', async (text, code) => {
  const { coverage, issues } = await read(text);
  expect(coverage).toBeNull();
  expect(issues.map((issue) => issue.code)).toEqual([code]);
});

test('whatever the text is, the result is valid', async () => {
  const part = fc.oneof(
    fc.constantFrom(
      'SF:',
      'DA:',
      'BRDA:',
      'FN:',
      'FNDA:',
      'LF:',
      'LH:',
      'end_of_record',
      '\n',
      ',',
      '-',
      '1',
      '1e999',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 60 }), async (parts) => {
      const { coverage, issues } = await read(parts.join(''));
      if (coverage) expect(coverageSchema.safeParse(coverage).success).toBe(true);
      else expect(issues).toHaveLength(1);
    }),
    { numRuns: 1_000 },
  );
});
