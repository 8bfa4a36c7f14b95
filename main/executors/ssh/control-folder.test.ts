import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeControlFolder } from './control-folder.ts';

it('removes what a Pipewright that was killed has left, unless a connection still uses it', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const [left, used] = ['left', 'used'].map((name) => path.join(os.tmpdir(), `pw-${pid}-${name}`));
  try {
    mkdirSync(left!);
    writeFileSync(path.join(left!, 'words.log'), '');
    mkdirSync(used!);
    writeFileSync(path.join(used!, 's'), '');
    const folders = [await makeControlFolder(), await makeControlFolder()];
    expect(folders.map((folder) => existsSync(folder))).toEqual([true, true]);
    for (const folder of folders) rmSync(folder, { recursive: true });
    expect([existsSync(left!), existsSync(used!)]).toEqual([false, true]);
  } finally {
    for (const folder of [left!, used!]) rmSync(folder, { recursive: true, force: true });
  }
});
