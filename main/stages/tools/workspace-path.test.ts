import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { matchingFiles } from './matching-files.ts';
import { workspacePath } from './workspace-path.ts';

const workspace = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pipewright-paths-')));
mkdirSync(path.join(workspace, 'app', 'src'), { recursive: true });
writeFileSync(path.join(workspace, 'app', 'src', 'a.ts'), '');
const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'pipewright-elsewhere-'));
writeFileSync(path.join(elsewhere, 'secret.txt'), '');
symlinkSync(elsewhere, path.join(workspace, 'app', 'out'));
afterAll(() => {
  for (const dir of [workspace, elsewhere]) rmSync(dir, { recursive: true });
});

const context = {
  workspace,
  cwd: path.join(workspace, 'app'),
  seen: { workspace: '/w', cwd: '/w/app' },
  paths: { separator: '/', delimiter: ':' },
  signal: new AbortController().signal,
};

describe('a path of a setting', () => {
  it('is relative to the folder of the stage and may climb up to the workspace', async () => {
    expect(await workspacePath(context, 'src/a.ts', 'entry')).toMatchObject({
      relative: 'src/a.ts',
      fromWorkspace: 'app/src/a.ts',
      seen: '/w/app/src/a.ts',
    });
    expect(await workspacePath(context, '..', 'dir')).toMatchObject({ fromWorkspace: '.', seen: '/w' });
  });

  it.each(['../..', '/etc/passwd', 'C:\\x', '\\\\host\\share', 'src/../../../x', 'out/x', 'a\0b'])(
    'is refused when it leads out: %j',
    async (text) => {
      await expect(workspacePath(context, text, 'entry')).rejects.toMatchObject({ code: 'path-outside' });
    },
  );

  it('finds no file through a link', async () => {
    expect(await matchingFiles(context, ['out/**', 'out/*/*', 'src/**'], 'files')).toEqual(['src/a.ts']);
  });

  it.each(['../*.ts', '/etc/*', '!/etc/*', 'C:/x', '..\\x'])('refuses the pattern %j', async (pattern) => {
    await expect(matchingFiles(context, [pattern], 'files')).rejects.toMatchObject({ code: 'path-outside' });
  });
});
