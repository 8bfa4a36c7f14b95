import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveAsset } from './resolve-asset.ts';

const dir = path.resolve('/app/out/renderer');
const fileOf = (address: string): string | undefined => resolveAsset(dir, new URL(address))?.file;

describe('resolveAsset', () => {
  it('finds the page and its parts', () => {
    expect(fileOf('app://pipewright/')).toBe(path.join(dir, 'index.html'));
    expect(fileOf('app://pipewright/assets/index-1.js?v=2#x')).toBe(path.join(dir, 'assets/index-1.js'));
  });

  it('refuses what would leave the folder, however it is written', () => {
    for (const address of [
      'app://pipewright/../main/host.js',
      'app://pipewright/%2e%2e/main/host.js',
      'app://pipewright/..%2fmain/host.js',
      'app://pipewright/..%5cmain/host.js',
      'app://pipewright/%2Fetc/x.js/../../../x.js',
      'app://pipewright/a%00.js',
      'app://pipewright/%zz.js',
    ]) {
      const file = fileOf(address);
      expect(file === undefined || file.startsWith(dir + path.sep), address).toBe(true);
    }
  });

  it('serves known kinds of files only', () => {
    expect(fileOf('app://pipewright/host.cjs')).toBeUndefined();
    expect(fileOf('app://pipewright/assets')).toBeUndefined();
  });

  it('never leaves the folder', () => {
    const parts = fc.array(
      fc.constantFrom('..', '.', '%2e%2e', '..%2f', '%5c', 'a', '/', 'x.js', '%00', '%'),
    );
    fc.assert(
      fc.property(parts, (path_) => {
        const file = fileOf(`app://pipewright/${path_.join('/')}`);
        return file === undefined || file.startsWith(dir + path.sep);
      }),
    );
  });
});
