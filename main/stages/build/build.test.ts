import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overBudget } from './assets/budgets.ts';
import { readMetafile } from './assets/metafile.ts';
import { programName, targetOf } from './binary/targets.ts';
import { pairsOf } from './resource-steps.ts';

describe('the files of a resource step', () => {
  it('keep their place below the folder that their glob begins with', () => {
    const files = ['src/css/a/b.scss', 'src/css/c.scss', 'x.scss'];
    expect(pairsOf(files, ['src/css/**/*.scss', '*.scss', '!**/_*'], 'dist', '.css')).toEqual([
      { from: 'src/css/a/b.scss', to: 'dist/a/b.css' },
      { from: 'src/css/c.scss', to: 'dist/c.css' },
      { from: 'x.scss', to: 'dist/x.css' },
    ]);
    expect(pairsOf(['a.d/b'], ['./a.d/b'], '.')).toEqual([{ from: 'a.d/b', to: 'b' }]);
  });

  it('never leave the folder that they are made in', () => {
    const part = fc.stringMatching(/^[a-z.]{1,3}$/).filter((text) => !/^\.+$/.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.nat(3), (parts, depth) => {
        const glob = [...parts.slice(0, depth), '**'].join('/');
        const [pair] = pairsOf([parts.join('/')], [glob], 'out', '.x');
        expect(pair?.to.startsWith('out/')).toBe(true);
      }),
    );
  });
});

describe('a bundle', () => {
  const file = (more: object = {}) => ({ imports: [], ...more });
  const imports = (path: string, kind = 'import-statement') => ({ path, kind });

  it('loads at once what it imports statically, and its style', () => {
    const outputs = {
      'd/main.js': file({
        ...{ entryPoint: 'src/main.ts', cssBundle: 'd/main.css' },
        imports: [imports('d/chunk.js'), imports('d/later.js', 'dynamic-import'), imports('react')],
      }),
      'd/chunk.js': file({ imports: [imports('d/main.js')] }),
      'd/later.js': file(),
      'd/main.css': file(),
      'd/main.js.map': file(),
    };
    const bundle = readMetafile(JSON.stringify({ inputs: {}, outputs }));
    expect(bundle.entries).toEqual([
      {
        ...{ name: 'src/main.ts', file: 'd/main.js', css: 'd/main.css' },
        files: ['d/chunk.js', 'd/main.css', 'd/main.js'],
      },
    ]);
    expect(bundle.files).toEqual(['d/chunk.js', 'd/later.js', 'd/main.css', 'd/main.js']);
  });

  it('is over budget only where one is set and it is heavier', () => {
    const sizes = { bytes: 2_000, gzip: 900 };
    expect(overBudget('esbuild', 'a.js', 'a.js', sizes, { bytes: '2kB', brotli: 1 })).toEqual([]);
    expect(overBudget('esbuild', 'a.js', 'a.js', sizes, { gzip: 899 })).toMatchObject([
      { ruleId: 'budget-gzip', message: 'a.js: 900 B with gzip, and 899 B are allowed' },
    ]);
  });
});

it('programs are called after the system that they are for', () => {
  expect(programName('shop', null, '/')).toBe('shop');
  expect(programName('shop', null, '\\')).toBe('shop.exe');
  expect(programName('shop', targetOf('windows/amd64'), '/')).toBe('shop-windows-amd64.exe');
  expect(programName('shop', targetOf('linux/arm64'), '\\')).toBe('shop-linux-arm64');
});
