import os from 'node:os';
import process from 'node:process';
import { expect, it } from 'vitest';
import { createToolVersions } from './tool-version.ts';

it('says what a tool answers to --version, and nothing for one that is not there', async () => {
  const versionOf = createToolVersions();
  expect(await versionOf(process.execPath, os.tmpdir())).toBe(process.version);
  expect(await versionOf('pipewright-has-no-such-tool', os.tmpdir())).toBe('');
});
