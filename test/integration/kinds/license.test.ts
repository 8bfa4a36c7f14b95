import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
});
afterEach(() => fixture[Symbol.asyncDispose]());

/** Installed packages by `name` or `name@version`, with their licences. */
function installed(packages: Readonly<Record<string, unknown>>): void {
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '1.0.0']));
  fixture.write(
    'package.json',
    JSON.stringify({ name: 'own', version: '1.0.0', license: 'GPL-3.0-only', dependencies }),
  );
  for (const [name, license] of Object.entries(packages)) {
    fixture.write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', license }));
  }
}

describe('test.license', () => {
  it('judges the licences of installed packages and keeps them as a bill', async () => {
    installed({
      a: 'MIT',
      b: 'GPL-3.0-only',
      '@c/d': '(MIT OR GPL-3.0-only)',
      e: undefined,
      f: 'Own License',
    });
    const run = await fixture.runExample('test.license');
    expect(run.outcome()).toBe('failed: 3 findings (3 high)');
    expect(
      run
        .report('findings')
        ?.findings.map(({ ruleId, package: name }) => `${ruleId} ${name}`)
        .sort(),
    ).toEqual(['license-not-allowed b@1.0.0', 'license-unknown e@1.0.0', 'license-unknown f@1.0.0']);
    expect(run.report('findings')?.checked).toBe(5);
    expect(run.report('sbom')?.components.find(({ name }) => name === '@c/d')).toMatchObject({
      version: '1.0.0',
      licenses: ['(MIT OR GPL-3.0-only)'],
      purl: 'pkg:npm/%40c/d@1.0.0',
    });
  });

  it('lets exceptions be until their last day, and refuses what is denied', async () => {
    installed({ a: 'MIT', b: 'GPL-3.0-only', g: 'GPL-3.0-only' });
    const run = await fixture.runStage({
      uses: 'test.license',
      with: {
        deny: ['GPL-3.0-only'],
        exceptions: [
          { package: 'b@1.0.0', reason: 'not shipped' },
          { package: 'g', reason: 'for now', until: '2020-01-31' },
        ],
      },
    });
    expect(run.outcome()).toBe('failed: 1 finding (1 high)');
    expect(run.report('findings')?.findings[0]?.message).toBe(
      'g is licensed as GPL-3.0-only, which is denied.',
    );
    expect(await run.log()).toContain('g is no exception any more: its time ended on 2020-01-31.');
  });

  it('judges a bill of materials from a file', async () => {
    fixture.write(
      'sbom.json',
      JSON.stringify({
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        components: [
          { type: 'library', name: 'x', version: '1', licenses: [{ license: { id: 'MIT' } }] },
          { type: 'library', name: 'y', version: '2', licenses: [{ expression: 'MIT AND AGPL-3.0-only' }] },
        ],
      }),
    );
    const run = await fixture.runStage({ uses: 'test.license', with: { sbom: 'sbom.json', allow: ['MIT'] } });
    expect(run.outcome()).toBe('failed: 1 finding (1 high)');
    expect(run.report('findings')?.findings).toMatchObject([
      { package: 'y@2', ruleId: 'license-not-allowed' },
    ]);
    const missing = await fixture.runStage({ uses: 'test.license', with: { sbom: 'none.json' } });
    expect(missing.outcome()).toMatch(/^infra-error: `sbom`: none\.json cannot be read/);
  });

  it.skipIf(isMissing('reuse', 'licensecheck'))('reads what files say of their licence', async () => {
    fixture.write(
      '.reuse/dep5',
      'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n',
    );
    fixture.write('LICENSES/MIT.txt', 'MIT\n');
    fixture.write('src/-a b.py', '# SPDX-FileCopyrightText: 2026 X\n# SPDX-License-Identifier: MIT\n');
    fixture.write('src/g.py', '# SPDX-FileCopyrightText: 2026 X\n# SPDX-License-Identifier: AGPL-3.0-only\n');
    fixture.write('src/none.py', 'x = 1\n');
    const run = await fixture.runStage({
      uses: 'test.license',
      with: { of: ['files'], allow: ['MIT'], paths: 'src' },
    });
    expect(run.outcome()).toMatch(/^failed: /);
    const found = run
      .report('findings')
      ?.findings.map(({ tool, ruleId, file }) => `${tool} ${ruleId} ${file}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'licensecheck license-not-allowed src/g.py',
        'reuse missing-copyright-and-licensing-information src/none.py',
        'reuse missing-licenses src/g.py',
      ]),
    );
    expect(found?.some((one) => one.includes('-a b.py'))).toBe(false);
  });

  it('could not judge without packages, without a bill, or without its tool', async () => {
    const none = await fixture.runStage({ uses: 'test.license' });
    expect(none.outcome()).toMatch(
      /^infra-error: Nothing was checked: there is no bill of materials, and no package\.json/,
    );
    installed({});
    const empty = await fixture.runStage({ uses: 'test.license' });
    expect(empty.outcome()).toMatch(/^infra-error: Nothing was checked: no package is listed/);
    expect((await fixture.runStage({ uses: 'test.license', with: { 'allow-empty': true } })).outcome()).toBe(
      'succeeded',
    );
    const missing = await fixture.runStage({ uses: 'test.license', env: { PATH: '/nonexistent' } });
    expect(missing.outcome()).toMatch(
      /^infra-error: No tool is there to read the licences of packages: license-checker-rseidelsohn/,
    );
  });
});
