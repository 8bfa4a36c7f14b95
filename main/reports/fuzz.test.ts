import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReportFormat } from '#main/engine/ports.ts';
import { coverageSchema } from '#shared/reports/coverage.ts';
import { findingsReportSchema } from '#shared/reports/findings.ts';
import { provenanceSchema } from '#shared/reports/provenance.ts';
import { sbomSchema } from '#shared/reports/sbom.ts';
import { testReportSchema } from '#shared/reports/test-report.ts';
import { parseReport } from './parse-report.ts';

const { signal } = new AbortController();
const SCHEMAS = {
  tests: testReportSchema,
  coverage: coverageSchema,
  findings: findingsReportSchema,
  sbom: sbomSchema,
  provenance: provenanceSchema,
};

async function holds(bytes: Uint8Array, format: ReportFormat): Promise<void> {
  const { form, issues } = await parseReport(bytes, format, 'r', { workspace: '/work' }, signal);
  if (form === null) {
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ severity: 'error', path: 'r' });
    return;
  }
  const parsed = SCHEMAS[form.type as keyof typeof SCHEMAS].safeParse(form.report);
  expect(parsed.error?.issues).toBeUndefined();
  expect(issues.every(({ severity }) => severity === 'warning')).toBe(true);
}

/** Documents of a format with every value, key and element of it in odd places. */
const words = (...known: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...known) },
        fc.string({ unit: 'binary', maxLength: 6 }),
      ),
      {
        maxLength: 50,
      },
    )
    .map((parts) => parts.join(''));

const xmlOf = (root: string, ...names: readonly string[]) => {
  const attribute = fc.constantFrom(
    ' name="a"',
    ' filename="../../x"',
    ' number="1"',
    ' number="-1"',
    ' hits="1e999"',
    ' line="x"',
    ' nr="2"',
    ' ci="3"',
    ' cb="1"',
    ' mb="99999999999999999999"',
    ' type="METHOD"',
    ' covered="1"',
    ' missed="-2"',
    ' condition-coverage="50% (1/2)"',
    ' severity="error"',
    ' source="a.rules.b"',
    ' result="Failed"',
    ' outcome="Passed"',
    ' duration="00:00:01"',
    ' bom-ref="r"',
    ' ref="r"',
    ' testId="__proto__"',
    ' id="__proto__"',
  );
  const { node } = fc.letrec<{ node: string; text: string }>((tie) => ({
    text: fc.constantFrom('', 'x', '&amp;', '&#0;', '<![CDATA[y]]>', '<!-- c -->', ' '),
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      tie('text'),
      fc
        .tuple(
          fc.constantFrom(...names),
          fc.uniqueArray(attribute, { selector: (text) => text.split('=')[0], maxLength: 5 }),
          fc.array(tie('node'), { maxLength: 4 }),
        )
        .map(([name, attributes, inner]) => `<${name}${attributes.join('')}>${inner.join('')}</${name}>`),
    ),
  }));
  return fc.array(node, { maxLength: 6 }).map((inner) => `<${root}>${inner.join('')}</${root}>`);
};

const jsonOf = (root: Readonly<Record<string, unknown>>, ...keys: readonly string[]) => {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      fc.constantFrom<unknown>(
        null,
        0,
        -1,
        1.5,
        1e308,
        '',
        'a',
        '../../etc/passwd',
        'file:///work/a',
        'error',
        '__proto__',
        true,
      ),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor'), tie('value'), { maxKeys: 6 }),
    ),
  }));
  return fc.dictionary(fc.constantFrom(...keys), value).map((rest) => JSON.stringify({ ...root, ...rest }));
};

const texts: readonly (readonly [ReportFormat, fc.Arbitrary<string>])[] = [
  [
    'tests',
    xmlOf(
      'assemblies',
      'assembly',
      'collection',
      'test',
      'failure',
      'message',
      'stack-trace',
      'reason',
      'errors',
      'error',
    ),
  ],
  [
    'tests',
    xmlOf('test-run', 'test-suite', 'test-case', 'failure', 'message', 'stack-trace', 'reason', 'output'),
  ],
  [
    'tests',
    xmlOf(
      'TestRun',
      'Results',
      'UnitTestResult',
      'InnerResults',
      'Output',
      'ErrorInfo',
      'Message',
      'StdOut',
      'TestDefinitions',
      'UnitTest',
      'TestMethod',
      'Times',
    ),
  ],
  [
    'tests',
    words(
      '{"Action":"',
      'run',
      'pass',
      'fail',
      'output',
      '","Package":"p"',
      ',"Test":"T"',
      ',"Elapsed":1',
      ',"Output":"x\\n"',
      '}\n',
      '"}\n',
      'FAIL\tp [build failed]\n',
    ),
  ],
  [
    'coverage',
    xmlOf(
      'coverage',
      'sources',
      'source',
      'packages',
      'package',
      'classes',
      'class',
      'methods',
      'method',
      'lines',
      'line',
    ),
  ],
  ['coverage', xmlOf('report', 'group', 'package', 'class', 'method', 'sourcefile', 'line', 'counter')],
  ['checkstyle', xmlOf('checkstyle', 'file', 'error', 'exception')],
  [
    'cyclonedx',
    xmlOf(
      'bom',
      'metadata',
      'component',
      'components',
      'name',
      'version',
      'purl',
      'licenses',
      'license',
      'id',
      'expression',
      'properties',
      'property',
      'dependencies',
      'dependency',
    ),
  ],
  [
    'cyclonedx',
    jsonOf(
      { bomFormat: 'CycloneDX' },
      'specVersion',
      'metadata',
      'component',
      'components',
      'name',
      'group',
      'version',
      'purl',
      'bom-ref',
      'licenses',
      'license',
      'id',
      'expression',
      'properties',
      'value',
      'scope',
      'dependencies',
      'ref',
      'dependsOn',
    ),
  ],
  [
    'sarif',
    jsonOf(
      { version: '2.1.0' },
      'runs',
      'tool',
      'driver',
      'rules',
      'extensions',
      'results',
      'ruleId',
      'ruleIndex',
      'rule',
      'index',
      'toolComponent',
      'level',
      'kind',
      'message',
      'text',
      'arguments',
      'id',
      'locations',
      'physicalLocation',
      'artifactLocation',
      'uri',
      'uriBaseId',
      'originalUriBaseIds',
      'region',
      'startLine',
      'suppressions',
      'properties',
      'security-severity',
      'artifacts',
      'invocations',
    ),
  ],
  [
    'sarif',
    jsonOf({ runs: [] }, 'tool', 'results').map((text) =>
      text.replace('"runs":[]', `"runs":[${text.replace('"runs":[]', '"x":1')}]`),
    ),
  ],
  [
    'in-toto',
    jsonOf(
      { _type: 'https://in-toto.io/Statement/v1' },
      'subject',
      'name',
      'digest',
      'sha256',
      'predicateType',
      'predicate',
      'buildDefinition',
      'resolvedDependencies',
      'uri',
      'runDetails',
      'builder',
      'id',
      'metadata',
      'startedOn',
      'materials',
    ),
  ],
  ['in-toto', jsonOf({}, 'payload', 'signatures', 'keyid', 'dsseEnvelope')],
];

test.each(texts)(
  '%s, dialect %#: whatever a document holds, there is a valid report or one reason against it',
  async (format, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, (text) => holds(Buffer.from(text), format)),
      { numRuns: 300 },
    );
  },
  60_000,
);

test.each(texts)(
  '%s, dialect %#: a document that is cut off anywhere never breaks the reader',
  async (format, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, fc.double({ min: 0, max: 1, noNaN: true }), (text, part) => {
        const bytes = Buffer.from(text);
        return holds(bytes.subarray(0, Math.floor(bytes.length * part)), format);
      }),
      { numRuns: 100 },
    );
  },
  60_000,
);

const formats: readonly ReportFormat[] = ['tests', 'coverage', 'sarif', 'checkstyle', 'cyclonedx', 'in-toto'];

test.each(formats)(
  '%s: any bytes are a valid report or one reason against it',
  async (format) => {
    const start = fc.constantFrom(
      '',
      '\ufeff',
      '<',
      '<?xml version="1.0" encoding="utf-16"?>',
      '{',
      '[',
      '\n\n<a>',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 100 }), (text, bytes) =>
        holds(Buffer.concat([Buffer.from(text), bytes]), format),
      ),
      { numRuns: 300 },
    );
  },
  60_000,
);

test.each(formats)('%s: entity bombs, deep nesting and blanks are refused with one issue', async (format) => {
  const bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>';
  const deep =
    format === 'coverage' || format === 'tests' || format === 'checkstyle'
      ? '<coverage>'.repeat(10_000)
      : '['.repeat(1_000_000);
  for (const text of [bomb, deep, '', ' \n ', '\ufeff']) {
    const { form, issues } = await parseReport(
      Buffer.from(text),
      format,
      'r',
      { workspace: '/work' },
      signal,
    );
    expect(form).toBeNull();
    expect(issues).toHaveLength(1);
  }
});

test('a reader stops when it is told to', async () => {
  const reason = new Error('cancelled');
  const cases = '<testcase name="a"/>'.repeat(500_000);
  const controller = new AbortController();
  const parsing = parseReport(
    Buffer.from(`<testsuite>${cases}</testsuite>`),
    'tests',
    'r',
    { workspace: '/work' },
    controller.signal,
  );
  controller.abort(reason);
  await expect(parsing).rejects.toBe(reason);
});
