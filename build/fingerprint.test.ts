import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprintSources, isBuilt, STAMP } from './fingerprint.mjs';

describe('isBuilt', () => {
  let root: string;
  const write = (file: string, text: string): Promise<void> => writeFile(path.join(root, file), text);
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'pipewright-built-'));
    await mkdir(path.join(root, 'main/cli'), { recursive: true });
    await mkdir(path.join(root, 'out'));
    await write('main/cli/index.ts', 'one');
    await write('main/cli/old.ts', 'old');
    await write(`out/${STAMP}`, fingerprintSources(root));
  });
  afterEach(async () => rm(root, { recursive: true }));

  it('is true until a source changes', async () => {
    expect(isBuilt(root)).toBe(true);
    await write('main/cli/index.ts', 'changed');
    expect(isBuilt(root)).toBe(false);
  });

  it('notices a source that was removed, added, or replaced by an older one', async () => {
    await rm(path.join(root, 'main/cli/old.ts'));
    expect(isBuilt(root)).toBe(false);
    await write(`out/${STAMP}`, fingerprintSources(root));
    await write('main/cli/new.ts', 'new');
    expect(isBuilt(root)).toBe(false);
    await write(`out/${STAMP}`, fingerprintSources(root));
    await utimes(path.join(root, 'main/cli/index.ts'), new Date(0), new Date(0));
    expect(isBuilt(root)).toBe(false);
  });

  it('does not care about tests', async () => {
    await write('main/cli/index.test.ts', 'a test');
    expect(isBuilt(root)).toBe(true);
  });

  it('is false where nothing was built', async () => {
    await rm(path.join(root, 'out'), { recursive: true });
    expect(isBuilt(root)).toBe(false);
  });
});
