import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReadInclude } from './read-include.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'pipewright-include-'));
  mkdirSync(path.join(root, 'project/ci'), { recursive: true });
  writeFileSync(path.join(root, 'project/ci/a.yml'), 'env: {}');
  writeFileSync(path.join(root, 'secret.yml'), 'env: { A: 1 }');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('reads a file of the project', () => {
  expect(Buffer.from(createReadInclude(path.join(root, 'project'))('ci/a.yml')!).toString()).toBe('env: {}');
});

it('reads no file that leaves the project, nor a folder, nor what is not there', () => {
  const read = createReadInclude(path.join(root, 'project'));
  symlinkSync(path.join(root, 'secret.yml'), path.join(root, 'project/link.yml'));
  for (const file of ['../secret.yml', path.join(root, 'secret.yml'), 'link.yml', 'ci', '.', 'none.yml']) {
    expect(read(file), file).toBeNull();
  }
});
