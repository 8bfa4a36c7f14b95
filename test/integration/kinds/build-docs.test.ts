import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());
const docs = (folder: string, settings: Record<string, unknown> = {}) =>
  fixture.runStage({ uses: 'build.docs', 'working-directory': folder, with: settings });

describe('build.docs', () => {
  it('makes pages of TypeScript with TypeDoc, and keeps them', async () => {
    fixture.write('package.json', '{"name":"x","version":"1.0.0"}');
    fixture.write('tsconfig.json', '{"compilerOptions":{"strict":true,"types":[]},"include":["src"]}');
    fixture.write('src/index.ts', '/** Says hi. */\nexport function hi(): string {\n  return "hi";\n}\n');
    const done = await fixture.runExample('build.docs');
    expect(done.outcome()).toBe('succeeded');
    expect(done.stage().artifacts).toMatchObject([{ name: 'docs' }]);
    expect(fixture.read('site/functions/hi.html')).toContain('Says hi.');
    const figures = done.report('metrics')?.metrics;
    expect(figures?.map(({ name }) => name)).toEqual(['docs.pages', 'docs.bytes', 'docs.warnings']);
    fixture.write('src/index.ts', '/** See {@link nope}. */\nexport const a = 1;\n');
    const warned = await fixture.runExample('build.docs');
    expect(warned.outcome()).toMatch(
      /^failed: 1 warning, and none may be; the first: Failed to resolve link/,
    );
    fixture.write('src/index.ts', 'export const a: string = 1;\n');
    expect((await fixture.runExample('build.docs')).outcome()).toMatch(
      /^failed: typedoc ended with exit code \d/,
    );
  });

  it.skipIf(isMissing('sphinx-build'))('reads the warnings of Sphinx', async () => {
    fixture.write('sphinx/conf.py', 'project = "x"\n');
    fixture.write('sphinx/index.rst', 'Title\n=====\n\n:doc:`nope`\n');
    const done = await docs('sphinx');
    expect(done.outcome()).toBe('succeeded');
    expect(done.report('findings')?.findings).toMatchObject([
      { tool: 'sphinx', file: 'sphinx/index.rst', line: 4, severity: 'medium' },
    ]);
    expect((await docs('sphinx')).outcome()).toBe('succeeded');
  });

  it.skipIf(isMissing('mkdocs'))('reads the warnings of MkDocs', async () => {
    fixture.write('mk/mkdocs.yml', 'site_name: x\n');
    fixture.write('mk/docs/index.md', '# Hi\n\n[a](nope.md)\n');
    const done = await docs('mk', { 'max-warnings': 0 });
    expect(done.outcome()).toMatch(/^failed: 1 warning, and none may be; the first: Documentation file/);
    expect(done.report('findings')?.findings).toMatchObject([{ tool: 'mkdocs', file: 'mk/docs/index.md' }]);
    expect((await docs('mk')).outcome()).toBe('succeeded');
    fixture.write('mk/mkdocs.yml', 'site_name: [\n');
    expect((await docs('mk')).outcome()).toMatch(/^failed: mkdocs ended with exit code 1/);
  });

  it.skipIf(isMissing('doxygen'))('reads the warnings of Doxygen', async () => {
    fixture.write('dox/Doxyfile', 'PROJECT_NAME = x\nINPUT = .\nHAVE_DOT = NO\nFILE_PATTERNS = *.h\n');
    fixture.write('dox/a.h', '/** \\file */\n/** Adds. @param nope x */\nint add(int a);\n');
    const done = await docs('dox', { out: 'pages' });
    expect(done.outcome()).toBe('succeeded');
    expect(done.report('findings')?.findings[0]).toMatchObject({ tool: 'doxygen', file: 'dox/a.h', line: 2 });
    expect(fixture.read('dox/pages/index.html')).toContain('<html');
    expect((await docs('dox', { out: 'pages' })).outcome()).toBe('succeeded');
    fixture.write('dox/Doxyfile', 'INPUT = .\nHAVE_DOT = NO\nFILE_PATTERNS = *.h\nWARN_AS_ERROR = YES\n');
    expect((await docs('dox', { out: 'pages' })).outcome()).toMatch(/^failed: doxygen/);
  });

  it('refuses folders elsewhere, and asks for a tool where nothing tells it', async () => {
    fixture.write('empty/a.txt', '');
    expect((await docs('empty')).outcome()).toMatch(/^infra-error: Nothing in it's folder tells which tool/);
    expect((await docs('empty', { tool: 'sphinx', out: '../../x' })).outcome()).toMatch(
      /`out`: \.\.\/\.\.\/x/,
    );
  });
});
