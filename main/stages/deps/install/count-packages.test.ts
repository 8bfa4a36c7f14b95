import { expect, it } from 'vitest';
import { countPackages } from './count-packages.ts';

it.each([
  [
    'package-lock.json',
    '{"packages":{"":{},"web":{},"node_modules/a":{},"node_modules/a/node_modules/b":{}}}',
    2,
  ],
  ['package-lock.json', '{"lockfileVersion":1,"dependencies":{"a":{}}}', 1],
  ['pnpm-lock.yaml', 'lockfileVersion: 9\npackages:\n  a@1: {}\n  b@2: {}\n', 2],
  ['yarn.lock', 'a@^1:\n  version "1.0.0"\n\nb@^1:\n  version "1.0.0"\n', 2],
  ['Cargo.lock', 'version = 4\n\n[[package]]\nname = "a"\n\n[[package]]\nname = "b"\n', 2],
  ['go.sum', 'a v1.0.0 h1:x\na v1.0.0/go.mod h1:x\nb v1.0.0/go.mod h1:x\n', 2],
  ['composer.lock', '{"packages":[{}],"packages-dev":[{}]}', 2],
  ['Gemfile.lock', 'GEM\n  specs:\n    rack (3.0)\n      base (1)\n', 1],
  ['requirements.txt', '# x\na==1 \\\n    --hash=sha256:1\nb==2\n--no-index\n', 2],
  ['pom.xml', '<project/>', null],
])('%s holds %j packages', (file, text, count) => {
  expect(countPackages(file, text)).toBe(count);
});
