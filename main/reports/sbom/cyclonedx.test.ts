import { expect, test } from 'vitest';
import { sbomSchema, type Sbom } from '#shared/reports/sbom.ts';
import { parseReport } from '../parse-report.ts';
import { mergeSboms } from './merge-sboms.ts';

const parse = (bom: unknown) =>
  parseReport(
    Buffer.from(JSON.stringify(bom)),
    'cyclonedx',
    'bom.json',
    { workspace: '/work' },
    new AbortController().signal,
  );

async function read(rest: Readonly<Record<string, unknown>>): Promise<Sbom> {
  const { form, issues } = await parse({ bomFormat: 'CycloneDX', specVersion: '1.6', ...rest });
  expect(issues).toEqual([]);
  return sbomSchema.parse(form!.report);
}

test('a package that a tree holds twice is one component with the needs of both', async () => {
  const left = { name: 'left', version: '1.0.0', purl: 'pkg:npm/left@1.0.0' };
  const bill = await read({
    metadata: { component: { 'bom-ref': 'root', name: 'shop', group: '@acme', version: '2.0.0' } },
    components: [
      { ...left, 'bom-ref': 'left-1', scope: 'excluded', licenses: [{ license: { id: 'MIT' } }] },
      { ...left, 'bom-ref': 'left-2', scope: 'required', licenses: [{ expression: 'MIT OR Apache-2.0' }] },
      { name: 'right', 'bom-ref': 'right', components: [{ name: 'inner', 'bom-ref': 'inner' }] },
    ],
    dependencies: [
      { ref: 'root', dependsOn: ['left-1', 'gone'] },
      { ref: 'left-1', dependsOn: ['right'] },
      { ref: 'left-2', dependsOn: ['inner', 'left-1', 'root'] },
    ],
  });
  expect(bill.subject).toEqual({ name: '@acme/shop', version: '2.0.0' });
  expect(bill.components).toMatchObject([
    { ref: 'pkg:npm/left@1.0.0', scope: 'runtime', direct: true, licenses: ['MIT', 'MIT OR Apache-2.0'] },
    { ref: 'right', version: null, licenses: [], direct: false },
    { ref: 'inner' },
  ]);
  expect(bill.dependencies).toEqual([
    { from: '', to: ['pkg:npm/left@1.0.0'] },
    { from: 'pkg:npm/left@1.0.0', to: ['right', 'inner'] },
  ]);
});

test('several bills are one, with each component once', async () => {
  const a = await read({
    components: [
      { name: 'x', purl: 'pkg:npm/x@1' },
      { name: 'y', purl: 'pkg:npm/y@1' },
    ],
  });
  const b = await read({
    components: [{ name: 'x', purl: 'pkg:npm/x@1', licenses: [{ license: { name: 'Own' } }] }],
  });
  expect(mergeSboms([a, b]).components.map(({ ref, licenses }) => [ref, licenses])).toEqual([
    ['pkg:npm/x@1', ['Own']],
    ['pkg:npm/y@1', []],
  ]);
});

test.each([
  [{ spdxVersion: 'SPDX-2.3' }, /SPDX/],
  [{ components: [] }, /bomFormat/],
  [[], /bomFormat/],
])('%j is no CycloneDX bill', async (bom, message) => {
  const { form, issues } = await parse(bom);
  expect(form).toBeNull();
  expect(issues).toMatchObject([{ code: 'report-not-cyclonedx' }]);
  expect(issues[0]!.message).toMatch(message);
});
