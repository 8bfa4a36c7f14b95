import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => {
  for (const name of ['src', 'dist']) {
    rmSync(path.join(fixture.projectDir, name), { recursive: true, force: true });
  }
});
const run = (uses: string, settings: Record<string, unknown>) => fixture.runStage({ uses, with: settings });

interface Manifest {
  readonly entries: Record<string, { file: string; css: string | null; bytes: number; gzip: number }>;
  readonly files: Record<string, { bytes: number; gzip: number; brotli: number; sha256: string }>;
}

describe('build.assets', () => {
  const write = () => {
    fixture.write('src/main.js', 'import "./a.css"; export const x = () => import("./lazy.js"); x();');
    fixture.write('src/lazy.js', `console.log(${JSON.stringify('later '.repeat(500))});`);
    fixture.write('src/a.css', 'a { color: red }');
  };

  it('bundles under hashed names, weighs each file and keeps the manifest', async () => {
    write();
    const done = await fixture.runExample('build.assets');
    expect(done.outcome()).toBe('succeeded');
    const manifest = JSON.parse(fixture.read('dist/assets/assets-manifest.json')) as Manifest;
    const entry = manifest.entries['src/main.js'];
    expect(entry?.file).toMatch(/^dist\/assets\/main-[A-Z0-9]{8}\.js$/);
    expect(entry?.css).toMatch(/^dist\/assets\/main-[A-Z0-9]{8}\.css$/);
    const sizes = manifest.files[entry?.file ?? ''];
    expect(sizes?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(sizes?.gzip).toBeLessThan(sizes?.bytes ?? 0);
    expect(done.report('metrics')?.metrics.map(({ name }) => name)).toEqual([
      ...['bundle.bytes', 'bundle.gzip-bytes', 'bundle.brotli-bytes', 'bundle.files'],
      'bundle.src/main.js.gzip-bytes',
    ]);
    expect(done.stage().artifacts).toMatchObject([{ name: 'assets' }]);
    expect(done.stage().summary).toContain('| src/main.js |');
  });

  it('weighs for an entry what is loaded at once, and fails over a budget', async () => {
    write();
    const split = { entry: ['src/main.js'], splitting: true };
    const light = await run('build.assets', { ...split, budgets: { 'src/main.js': { bytes: '1kB' } } });
    expect(light.outcome()).toBe('succeeded');
    const heavy = await run('build.assets', { ...split, budgets: { total: { bytes: '1kB' } } });
    expect(heavy.outcome()).toMatch(/^failed: Over budget: All files: 3\.\d kB, and 1\.0 kB are allowed$/);
    expect(heavy.report('findings')?.findings).toMatchObject([{ ruleId: 'budget-bytes', severity: 'high' }]);
    const unknown = await run('build.assets', { ...split, budgets: { 'src/mian.js': { bytes: 1 } } });
    expect(unknown.outcome()).toMatch(/^failed: `budgets`: there is no entry src\/mian\.js\./);
  });

  it('says what does not resolve, and refuses entries elsewhere', async () => {
    fixture.write('src/main.js', 'import "./nope.js";');
    const broken = await run('build.assets', { entry: 'src/main.js' });
    expect(broken.outcome()).toBe('failed: Could not resolve "./nope.js"');
    expect(broken.report('findings')?.findings).toMatchObject([{ file: 'src/main.js', line: 1 }]);
    expect((await run('build.assets', { entry: '/etc/passwd' })).outcome()).toMatch(
      /`entry`: \/etc\/passwd is not/,
    );
    expect((await run('build.assets', { entry: 'a.js', out: '../out' })).outcome()).toMatch(/`out`/);
  });
});

describe('build.resources', () => {
  it('makes styles, images and copies, and lists them with their hashes', async () => {
    fixture.write('src/styles/a/main.scss', '@use "../part"; .a { .b { color: red } }');
    fixture.write('src/styles/_part.scss', '.p { color: blue }');
    fixture.write(
      'src/icons/x.svg',
      '<svg xmlns="http://www.w3.org/2000/svg"><!-- c --><path d="M 0 0 L 9 9"/></svg>',
    );
    fixture.write('src/fonts/f.woff2', 'font');
    const done = await fixture.runExample('build.resources');
    expect(done.outcome()).toBe('succeeded');
    expect(fixture.read('dist/styles/a/main.css')).toContain('.a .b');
    expect(fixture.read('dist/icons/x.svg')).not.toContain('<!--');
    const manifest = JSON.parse(fixture.read('resources-manifest.json')) as {
      readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
    };
    expect(manifest.files.map(({ path: file }) => file)).toEqual([
      'dist/fonts/f.woff2',
      'dist/icons/x.svg',
      'dist/styles/a/main.css',
    ]);
    expect(manifest.files[0]?.bytes).toBe(4);
    expect(done.stage().artifacts).toMatchObject([{ name: 'resources' }]);
    expect(done.report('metrics')?.metrics).toMatchObject([{ name: 'resources.files', value: 3 }, {}]);
  });

  it('runs PostCSS after Sass, and fails on what does not compile', async () => {
    fixture.write('src/a.scss', '.a { color: red }');
    const steps = [
      { use: 'sass', from: 'src/*.scss', to: 'build' },
      { use: 'postcss', from: 'build/*.css', to: 'dist' },
    ];
    expect((await run('build.resources', { steps })).outcome()).toBe('succeeded');
    expect(fixture.read('dist/a.css')).toContain('color: red');
    fixture.write('src/a.scss', '.a { color: ');
    expect((await run('build.resources', { steps })).outcome()).toMatch(/^failed: sass: Error: /);
  });

  it('fails over a budget, refuses other folders, and could not judge without a file', async () => {
    fixture.write('src/big.txt', 'x'.repeat(2_000));
    const copy = (step: object, more: object = {}) =>
      run('build.resources', { steps: [{ use: 'copy', from: 'src/*.txt', to: 'dist', ...step }], ...more });
    expect((await copy({}, { 'max-file-size': '1kB' })).outcome()).toBe(
      'failed: Over budget: dist/big.txt: 2.0 kB, and 1.0 kB are allowed',
    );
    expect((await copy({ to: '../dist' })).outcome()).toMatch(/^failed: `steps\.to`: \.\.\/dist is not/);
    expect((await copy({ from: 'none/*' })).outcome()).toMatch(
      /^infra-error: Nothing was checked: no file matches/,
    );
  });
});
