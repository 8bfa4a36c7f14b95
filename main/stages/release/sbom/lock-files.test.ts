import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCK_FILES } from './lock-files.ts';

const read = (file: string, text: string): readonly string[] =>
  LOCK_FILES.find((one) => one.file === file)!
    .read(text)
    .map(({ purl }) => purl);

describe('a lock file', () => {
  it.each([
    [
      'Cargo.lock',
      'version = 4\n\n[[package]]\nname = "mine"\nversion = "0.1.0"\ndependencies = [\n "serde",\n]\n\n[[package]]\nname = "serde"\nversion = "1.0.2"\nsource = "registry+x"\n',
      ['pkg:cargo/serde@1.0.2'],
    ],
    [
      'poetry.lock',
      '[[package]]\nname = "Flask_Login"\nversion = "0.6.3"\n\n[package.dependencies]\nname = "no"\n',
      ['pkg:pypi/flask-login@0.6.3'],
    ],
    [
      'requirements.txt',
      '# x\nrequests[socks]==2.31.0 \\\n    --hash=sha256:00\nflask>=2\nsix==1.* \n',
      ['pkg:pypi/requests@2.31.0'],
    ],
    [
      'go.mod',
      'module x\nrequire a.example/b v1.0.0\nrequire (\n\tc.example/d/v2 v2.1.0 // indirect\n)\n',
      ['pkg:golang/a.example/b@v1.0.0', 'pkg:golang/c.example/d/v2@v2.1.0'],
    ],
  ])('%s is read', (file, text, purls) => {
    expect(read(file, text)).toEqual(purls);
  });

  it('of any other text names nothing wrong', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LOCK_FILES), fc.string(), ({ read: readLock }, text) => {
        for (const { purl } of readLock(text)) expect(purl).toMatch(/^pkg:[a-z]+\/\S+@\S+$/);
      }),
    );
  });
});
