import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKindFixture, type KindFixture } from './kinds/kind-fixture.ts';

let fixture: KindFixture;

beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const sarif = (uri: string): string =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lint' } },
        results: [
          {
            ruleId: 'a',
            level: 'error',
            message: { text: 'bad' },
            locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 2 } } }],
          },
        ],
      },
    ],
  });

test('a stage keeps its findings, its bill and its coverage, with paths from where it worked', async () => {
  fixture.write('web/lint.sarif', sarif('src/a.js'));
  fixture.write('web/src/a.js', '');
  fixture.write('web/bom.json', JSON.stringify({ bomFormat: 'CycloneDX', components: [{ name: 'left' }] }));
  fixture.write(
    'web/cov.xml',
    '<coverage><class filename="src/a.js"><lines><line number="1" hits="1"/></lines></class></coverage>',
  );
  const run = await fixture.runStage({
    run: 'node -e ""',
    'working-directory': 'web',
    reports: { sarif: 'web/*.sarif', sbom: 'web/bom.json', coverage: 'web/cov.xml' },
  });
  expect(run.outcome()).toBe('succeeded');
  expect(run.report('findings')!.findings).toMatchObject([
    { file: 'web/src/a.js', line: 2, severity: 'high' },
  ]);
  expect(run.report('sbom')!.components).toMatchObject([{ name: 'left' }]);
  expect(run.report('coverage')!.files).toMatchObject([
    { path: 'web/src/a.js', lines: { covered: 1, total: 1 } },
  ]);
});

test('a report that is cut off is no success, and says where', async () => {
  fixture.write('lint.sarif', sarif('a.js').slice(0, -20));
  const run = await fixture.runStage({ run: 'node -e ""', reports: { sarif: 'lint.sarif' } });
  expect(run.outcome()).toMatch(/^infra-error: .*cut off/);
});
