import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ReportFormat } from '#main/engine/ports.ts';
import { type Figure, median, rounded } from './figure.ts';

const ROUNDS = 3;
const reader = path.join(import.meta.dirname, 'parse-report.mjs');

interface Subject {
  readonly name: string;
  readonly format: ReportFormat;
  readonly text: string;
  /** Of the time over that of the least that any reader must do. */
  readonly maxRatio: number;
  readonly maxMs?: number;
  readonly maxMb?: number;
}

interface Measured {
  readonly ms: number;
  readonly heldMs: number;
  readonly peakBytes: number;
}

/** Large reports: time over that of the bare parser, memory of the whole process, and how long nothing else could be done. */
export function benchReports(): Figure[] {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-bench-'));
  try {
    return subjects().flatMap((subject) => benchOne(subject, path.join(dir, 'report')));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function benchOne({ name, format, text, maxRatio, maxMs, maxMb }: Subject, file: string): Figure[] {
  writeFileSync(file, text);
  const megabytes = Math.round(Buffer.byteLength(text) / 1e6);
  const measured = Array.from(
    { length: ROUNDS },
    () => [run(file, format), run(file, format, 'baseline')] as const,
  );
  const of = (pick: (pair: readonly [Measured, Measured]) => number): number =>
    rounded(median(measured.map(pick)));
  const value = of(([ours]) => ours.ms);
  const baseline = of(([, bare]) => bare.ms);
  const title = `reports: ${name}, ${megabytes} MB`;
  return [
    {
      name: `${title}, over the bare parser`,
      value,
      unit: 'ms',
      baseline,
      ratio: rounded(value / baseline),
      limit: maxRatio,
    },
    { name: title, value, unit: 'ms', ...(maxMs !== undefined && { limit: maxMs }) },
    {
      name: `${title}, memory of the process`,
      value: of(([ours]) => ours.peakBytes / 1e6),
      unit: 'MB',
      ...(maxMb !== undefined && { limit: maxMb }),
    },
    { name: `${title}, the event loop held`, value: of(([ours]) => ours.heldMs), unit: 'ms' },
  ];
}

function run(file: string, format: ReportFormat, mode = 'ours'): Measured {
  const { status, stdout, stderr } = spawnSync(process.execPath, [reader, file, format, mode], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The reader of ${format} ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as Measured;
}

function subjects(): readonly Subject[] {
  return [
    {
      name: 'JUnit with 100,000 cases',
      format: 'tests',
      text: junit(),
      maxRatio: 8,
      maxMs: 3_000,
      maxMb: 400,
    },
    { name: 'SARIF with 50,000 results', format: 'sarif', text: sarif(), maxRatio: 8, maxMs: 3_000 },
    { name: 'lcov of 10,000 files', format: 'coverage', text: lcov(), maxRatio: 20, maxMs: 3_000 },
  ];
}

function junit(): string {
  const trace = '    at Object.adds (src/cart.ts:10:5) &amp; more\n'.repeat(40);
  const output = 'a line of output that a test wrote\n'.repeat(8);
  const suites = Array.from({ length: 1_000 }, (_, suite) => {
    const cases = Array.from({ length: 100 }, (_each, index) => {
      const failure =
        index % 20 === 0
          ? `<failure message="expected &lt;1&gt; to be 2" type="Error">${trace}</failure>`
          : '';
      const attributes = `name="case ${index} does what a sentence of words says" classname="suite ${suite}.group" file="src/s${suite}.test.ts" line="${index + 3}" time="0.0${index}"`;
      return `  <testcase ${attributes}>${failure}<system-out><![CDATA[${output}]]></system-out></testcase>\n`;
    });
    return `<testsuite name="suite ${suite}" tests="100" time="1.5">\n${cases.join('')}</testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function sarif(): string {
  const file = (index: number): string => `file:///work/src/part${index % 50}/file${index % 1_000}.ts`;
  const rules = Array.from({ length: 200 }, (_, index) => ({
    id: `rule-${index}`,
    helpUri: `https://example.org/${index}`,
    shortDescription: { text: 'What is wrong' },
    help: { text: 'How it is mended. '.repeat(20) },
  }));
  const results = Array.from({ length: 50_000 }, (_, index) => ({
    ruleId: `rule-${index % 200}`,
    ruleIndex: index % 200,
    level: index % 3 === 0 ? 'error' : 'warning',
    message: { text: `'name${index}' is assigned a value but never used, so it can be removed` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file(index), index: index % 1_000 },
          region: { startLine: (index % 400) + 1, startColumn: 5, endLine: (index % 400) + 1, endColumn: 20 },
        },
      },
    ],
    partialFingerprints: { primary: `abcdef0123456789${index}` },
  }));
  const artifacts = Array.from({ length: 1_000 }, (_, index) => ({ location: { uri: file(index) } }));
  const runs = [{ tool: { driver: { name: 'eslint', rules } }, artifacts, results }];
  return JSON.stringify({ version: '2.1.0', runs }, null, 1);
}

function lcov(): string {
  const lines = Array.from({ length: 200 }, (_, line) => `DA:${line + 1},${line % 3}\n`).join('');
  return Array.from(
    { length: 10_000 },
    (_, file) => `SF:src/part${file % 100}/file${file}.ts\n${lines}end_of_record\n`,
  ).join('');
}
