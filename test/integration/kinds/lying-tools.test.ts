import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture, type StageText } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

/** Runs a kind while a program of this name does what a script says. */
async function outcome(
  [uses, bin, settings]: readonly [string, string, StageText],
  script: string,
): Promise<string> {
  const file = path.join(fixture.projectDir, 'bin', bin);
  fixture.write(`bin/${bin}`, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  const env = { PATH: `${path.dirname(file)}:/usr/bin:/bin` };
  return (await fixture.runStage({ uses, with: settings, env })).outcome();
}

const AUDIT_CLEAN = JSON.stringify({
  ...{ auditReportVersion: 2, vulnerabilities: {} },
  metadata: { vulnerabilities: {}, dependencies: { total: 3 } },
});
const AUDIT_BAD = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    lodash: {
      ...{ name: 'lodash', severity: 'high', isDirect: true, range: '<4.17.19', effects: [], nodes: [] },
      via: [{ source: 1, name: 'lodash', title: 'Bad', url: 'https://example.org/1', severity: 'high' }],
      fixAvailable: true,
    },
  },
  metadata: { vulnerabilities: { high: 1 }, dependencies: { total: 3 } },
});

interface Liar {
  readonly kind: readonly [string, string, StageText];
  /** Prints success, and its exit code says no. */
  readonly printsSuccess: readonly [script: string, words: RegExp];
  /** Prints what is wrong, and its exit code says yes. */
  readonly printsFailure: readonly [script: string, words: RegExp];
  /** Says nothing and does nothing, with exit code 0; null: there may be nothing to do. */
  readonly doesNothing: RegExp | null;
}

const LIARS: Readonly<Record<string, Liar>> = {
  'build.compile': {
    kind: ['build.compile', 'tsc', { tool: 'tsc', outputs: 'dist/**' }],
    printsSuccess: ['mkdir dist; echo > dist/a.js; echo "Found 0 errors."; exit 1', /^failed: /],
    printsFailure: [
      'mkdir dist; echo > dist/a.js; echo "a.ts(1,7): error TS2322: Type is wrong."; exit 0',
      /^failed: 1 finding/,
    ],
    doesNothing: /^failed: It compiled, but nothing matches dist/,
  },
  'build.docs': {
    kind: ['build.docs', 'mkdocs', { tool: 'mkdocs', out: 'site', 'max-warnings': 0 }],
    printsSuccess: ['mkdir site; echo x > site/index.html; echo "Documentation built"; exit 1', /^failed: /],
    printsFailure: [
      'mkdir site; echo x > site/index.html; echo "WARNING -  Doc file a.md is missing" >&2; exit 0',
      /^failed: 1 warning/,
    ],
    doesNothing: /^(failed|infra-error): /,
  },
  'test.vuln': {
    kind: ['test.vuln', 'npm', { tool: 'npm' }],
    printsSuccess: [`echo '${AUDIT_CLEAN}'; exit 1`, /^infra-error: /],
    printsFailure: [`echo '${AUDIT_BAD}'; exit 0`, /^failed: 1 finding \(1 high\)/],
    doesNothing: /^infra-error: /,
  },
  'deps.graph': {
    kind: ['deps.graph', 'npm', { manager: 'npm' }],
    printsSuccess: ['echo "all is well"; exit 1', /^infra-error: /],
    printsFailure: [
      `echo '{"error":{"code":"EJSONPARSE","summary":"package.json is broken"}}'; exit 0`,
      /^infra-error: .*package\.json is broken/,
    ],
    doesNothing: /^infra-error: /,
  },
  'deps.install': {
    kind: ['deps.install', 'npm', {}],
    printsSuccess: ['echo "added 1 package"; exit 1', /^failed: npm ended with exit code 1/],
    printsFailure: [
      'echo "npm error code EUSAGE" >&2; echo "{}" > package-lock.json; exit 0',
      /^failed: npm has changed package-lock\.json/,
    ],
    doesNothing: null,
  },
  'build.package': {
    kind: ['build.package', 'npm', { format: 'npm' }],
    printsSuccess: ['echo "[]"; exit 1', /^failed: npm could not pack it/],
    printsFailure: ['echo "npm error code E" >&2; exit 0', /^infra-error: /],
    doesNothing: /^infra-error: /,
  },
  'test.complexity': {
    kind: ['test.complexity', 'cloc', { tool: 'cloc' }],
    printsSuccess: ['echo "all is simple"; exit 1', /^infra-error: /],
    printsFailure: ['echo "cannot read" >&2; exit 0', /^infra-error: /],
    doesNothing: /^infra-error: /,
  },
};

describe.each(Object.entries(LIARS))('%s', (_, { kind, printsSuccess, printsFailure, doesNothing }) => {
  beforeEach(() => {
    const packages = { '': { name: 'shop', version: '1.0.0', dependencies: { left: '1.0.0' } } };
    fixture.write('package.json', JSON.stringify(packages['']));
    const lock = { name: 'shop', version: '1.0.0', lockfileVersion: 3, packages };
    fixture.write('package-lock.json', JSON.stringify(lock));
    fixture.write('tsconfig.json', '{}');
    fixture.write('mkdocs.yml', 'site_name: x\n');
    fixture.write('a.ts', 'export const a = 1;\n');
  });

  it('believes no success that its tool prints while it fails', async () => {
    expect(await outcome(kind, printsSuccess[0])).toMatch(printsSuccess[1]);
  });

  it('believes no exit code while its tool prints what is wrong', async () => {
    expect(await outcome(kind, printsFailure[0])).toMatch(printsFailure[1]);
  });

  it.skipIf(doesNothing === null)('takes nothing done for no success', async () => {
    expect(await outcome(kind, 'exit 0')).toMatch(doesNothing ?? '');
  });
});
