import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf, graphMetrics, purlOf } from './dependency-graph.ts';
import { readCargoMetadata } from './managers/cargo-graph.ts';
import { readGoModules } from './managers/go-graph.ts';
import { readConvergence } from './managers/maven-convergence.ts';
import { readMavenTree } from './managers/maven-graph.ts';
import { distance, readOutdated } from './npm/npm-outdated.ts';
import { readNpmTree } from './npm/npm-tree.ts';
import { matcherOf } from './outdated.ts';

describe('dependency graphs', () => {
  it('of npm tell who needs whom, and what is missing, invalid or left over', () => {
    const react = { version: '17.0.2', license: 'MIT' };
    const { sbom, problems } = readNpmTree({
      ...{ name: 'x', version: '1.0.0' },
      dependencies: {
        gone: { required: '^1', missing: true },
        left: { version: '2.0.0', extraneous: true },
        '@s/react': { ...react, dev: true },
        widget: { version: '1.0.0', dependencies: { '@s/react': { ...react, invalid: '"^18"' } } },
        other: { version: '1.0.0', dependencies: { folded: '^1.0.0' } },
        optional: {},
      },
    });
    expect(problems.map(({ ruleId, severity, message }) => [ruleId, severity, message])).toEqual([
      ['missing', 'high', 'gone is missing: x needs ^1.'],
      ['extraneous', 'low', 'left@2.0.0 is installed, but nothing needs it.'],
      ['invalid', 'high', '@s/react@17.0.2 is there where "^18" is needed.'],
    ]);
    expect(sbom.components.map(({ ref, direct, licenses }) => [ref, direct, licenses])).toEqual([
      ['pkg:npm/%40s/react@17.0.2', true, ['MIT']],
      ['pkg:npm/left@2.0.0', false, []],
      ['pkg:npm/other@1.0.0', true, []],
      ['pkg:npm/widget@1.0.0', true, []],
    ]);
    expect(graphMetrics(sbom).map(({ name, value }) => [name, value])).toEqual([
      ['deps.total', 4],
      ['deps.direct', 3],
      ['deps.duplicates', 0],
      ['deps.depth', 1],
    ]);
  });

  it('of Go, Cargo and Maven are read as they print them', () => {
    const go = readGoModules(
      '{\n"Path":"x","Main":true\n}\n{\n"Path":"a.org/b","Version":"v1.2.0"\n}\n{\n"Path":"c","Version":"v2.0.0","Indirect":true\n}\n',
      'x a.org/b@v1.2.0\na.org/b@v1.2.0 c@v1.0.0\n',
    );
    expect(go.sbom.dependencies).toEqual([
      { from: '', to: ['pkg:golang/a.org/b@v1.2.0'] },
      { from: 'pkg:golang/a.org/b@v1.2.0', to: ['pkg:golang/c@v2.0.0'] },
    ]);
    const pkg = (id: string) => ({ id, name: id, version: '1.0.0', license: 'MIT/Apache-2.0', source: null });
    const cargo = readCargoMetadata(
      JSON.stringify({
        packages: [pkg('app'), pkg('lib'), pkg('dev')],
        workspace_members: ['app'],
        resolve: {
          root: 'app',
          nodes: [
            {
              id: 'app',
              deps: [
                { pkg: 'lib', dep_kinds: [{ kind: null }] },
                { pkg: 'dev', dep_kinds: [{ kind: 'dev' }] },
              ],
            },
          ],
        },
      }),
    );
    expect(cargo.sbom.components).toMatchObject([
      { name: 'dev', scope: 'development', direct: true },
      { name: 'lib', scope: 'runtime', licenses: ['MIT OR Apache-2.0'] },
    ]);
    const maven = readMavenTree(
      [
        '[INFO] --- maven-dependency-plugin:2.8:tree (default-cli) @ app ---',
        '[INFO] org.x:app:jar:1.0',
        '[INFO] +- org.y:lib:jar:2.0:compile',
        '[INFO] |  \\- org.z:deep:jar:3.0:runtime (optional)',
        '[INFO] \\- junit:junit:jar:4.13:test',
      ].join('\n'),
    );
    expect(maven.sbom.subject).toEqual({ name: 'org.x:app', version: '1.0' });
    expect(maven.sbom.dependencies).toEqual([
      { from: '', to: ['pkg:maven/junit/junit@4.13', 'pkg:maven/org.y/lib@2.0'] },
      { from: 'pkg:maven/org.y/lib@2.0', to: ['pkg:maven/org.z/deep@3.0'] },
    ]);
  });

  it('end also where packages need each other', () => {
    expect(
      depthOf([
        { from: '', to: ['a'] },
        { from: 'a', to: ['b'] },
        { from: 'b', to: ['a'] },
      ]),
    ).toBe(2);
    expect(purlOf('npm', '@a/b', '1.0.0+x')).toBe('pkg:npm/%40a/b@1.0.0%2Bx');
  });

  it('of Maven never fault on other text', () => {
    fc.assert(fc.property(fc.string(), (text) => readMavenTree(text).tool === 'mvn'));
  });
});

describe('conflicts that the enforcer of Maven reports', () => {
  const path = (version: string) => [
    '[ERROR] +-com.x:app:jar:1.0',
    `[ERROR]   +-org.y:by-${version}:jar:1.0:compile`,
    `[ERROR]     +-org.z:api:jar:${version}:compile`,
  ];

  it('are read with their versions', () => {
    const lines = [
      '[INFO] --- maven-enforcer-plugin:3.5.0:enforce (default-cli) @ app ---',
      '[ERROR] Dependency convergence error for org.z:api:jar:1.6.1 paths to dependency are:',
      ...[...path('1.6.1'), '[ERROR] and', ...path('1.6.0')],
      'Dependency convergence error for org.q:old:2 paths to dependency are:',
      ...['+-com.x:app:1.0', '  +-org.q:old:2', 'and', '+-com.x:app:1.0', '  +-org.q:old:3'],
    ];
    const { hasRun, conflicts } = readConvergence(lines.join('\n'));
    expect(hasRun).toBe(true);
    expect(conflicts.map(({ message }) => message)).toEqual([
      'org.z:api is asked for in 2 versions: 1.6.1, 1.6.0.',
      'org.q:old is asked for in 2 versions: 2, 3.',
    ]);
  });

  it('are never made of other text', () => {
    fc.assert(fc.property(fc.string(), (text) => readConvergence(text).conflicts.length === 0));
  });
});

describe('outdated dependencies', () => {
  it.each([
    ['1.2.3', '3.0.0', { majors: 2, minors: 0 }],
    ['1.2.3', '1.5.0', { majors: 0, minors: 3 }],
    ['0.2.3', '0.4.0', { majors: 2, minors: 0 }],
    ['2.0.0', '1.0.0', { majors: 0, minors: 0 }],
    ['git', '1.0.0', { majors: 0, minors: 0 }],
  ])('are as far behind as Semantic Versioning counts: %s to %s', (from, to, expected) => {
    expect(distance(from, to)).toEqual(expected);
  });

  it('may be named twice, and not be installed', () => {
    const entry = { wanted: '1.1.0', latest: '2.0.0' };
    expect(
      readOutdated({ a: [{ ...entry, current: '1.0.0' }, entry], b: { ...entry, current: '2.0.0' } }),
    ).toEqual([
      { name: 'a', current: '1.0.0', ...entry, majors: 1, minors: 0 },
      { name: 'a', current: null, ...entry, majors: 1, minors: 0 },
    ]);
  });

  it('are left out by name, where only a star means something', () => {
    const isIgnored = matcherOf(['@types/*', 'a.b']);
    expect(['@types/node', 'a.b', 'axb', 'x@types/node'].map(isIgnored)).toEqual([true, true, false, false]);
  });
});
