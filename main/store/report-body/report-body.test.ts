import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverageRatio } from '#shared/reports/coverage.ts';
import { pack, unpack } from './pack.ts';
import { joinReport, splitReport } from './report-body.ts';

const text = fc.option(fc.oneof(fc.string(), fc.string({ minLength: 290, maxLength: 400 })), { nil: null });
const counts = fc.record({
  ...{ total: fc.nat(), passed: fc.nat(), failed: fc.nat(), errored: fc.nat(), skipped: fc.nat() },
  durationMs: fc.nat(),
});
const testCase = fc.record(
  {
    ...{ name: fc.string(), classname: text, file: text, line: fc.option(fc.nat(), { nil: null }) },
    status: fc.constantFrom('passed', 'failed', 'errored', 'skipped'),
    ...{ durationMs: fc.nat(), message: text, details: text, stdout: text, stderr: text },
    ...{ flaky: fc.constant(true), attempts: fc.integer({ min: 2, max: 9 }) },
  },
  {
    requiredKeys: [
      ...(['name', 'classname', 'file', 'line', 'status', 'durationMs', 'message'] as const),
      ...(['details', 'stdout', 'stderr'] as const),
    ],
  },
);
const suite = counts.chain((sums) =>
  fc.record({
    ...{ name: fc.string(), file: text, timestamp: text, stdout: text, stderr: text },
    cases: fc.array(testCase),
    ...Object.fromEntries(Object.entries(sums).map(([key, value]) => [key, fc.constant(value)])),
  }),
);
const ratio = fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => coverageRatio(Math.min(a, b), Math.max(a, b)));
const ratios = { lines: ratio, branches: ratio, functions: ratio };
const file = fc.record(
  { path: fc.string(), ...ratios, hits: fc.array(fc.tuple(fc.integer({ min: 1 }), fc.nat())) },
  { requiredKeys: ['path', 'lines', 'branches', 'functions'] },
);

function again(type: 'tests' | 'coverage' | 'findings' | 'sbom', report: unknown): unknown {
  const { head, parts } = splitReport(type, report);
  const stored = parts.map((part) => unpack(pack(part)));
  return joinReport(type, JSON.parse(JSON.stringify(head)), stored).report;
}

test('every test report is whole again after it was taken apart', () => {
  const reports = counts.chain((sums) => fc.array(suite).map((suites) => ({ ...sums, suites })));
  fc.assert(
    fc.property(reports, (report) => {
      expect(again('tests', report)).toEqual(report);
    }),
  );
});

test('every coverage is whole again after it was taken apart', () => {
  const reports = fc.record({ ...ratios, files: fc.array(file) });
  fc.assert(
    fc.property(reports, (report) => {
      expect(again('coverage', report)).toEqual(report);
    }),
  );
});

test('outputs that fill several parts come back to their cases', () => {
  const none = { classname: null, file: null, line: null, message: null, details: null, stderr: null };
  const cases = Array.from({ length: 50 }, (_, index) => ({
    ...{ ...none, name: `case ${index}`, status: 'passed', durationMs: 1 },
    stdout: `${index} `.repeat(10_000),
  }));
  const sums = { total: 50, passed: 50, failed: 0, errored: 0, skipped: 0, durationMs: 50 };
  const report = {
    ...sums,
    suites: [{ ...sums, name: 'a', file: null, timestamp: null, cases, stdout: null, stderr: 'x' }],
  };
  expect(splitReport('tests', report).parts.length).toBeGreaterThan(4);
  expect(again('tests', report)).toEqual(report);
});

test('a part that nobody wrote is refused', () => {
  expect(() => unpack(Buffer.from('{}'))).toThrow('cannot be read');
});
