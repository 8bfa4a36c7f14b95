import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const BUSYBOX_IMAGE = 'pipewright-test/services:1';

const APPLETS = ['sh', 'httpd', 'wget', 'sleep', 'echo', 'cat', 'mkdir', 'true', 'false', 'env', 'nc'];

/** Whether there is no Docker here that tests could use; on CI that is a failure of the test instead. */
export const isDockerMissing = (): boolean =>
  process.env['CI'] === undefined && spawnSync('docker', ['info'], { stdio: 'ignore' }).status !== 0;

/** Makes the image of the tests out of this machine's static busybox: no registry is asked. */
export function makeBusyboxImage(): void {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-image-'));
  try {
    for (const folder of ['bin', 'tmp', 'etc', 'root']) mkdirSync(path.join(dir, folder));
    copyFileSync('/bin/busybox', path.join(dir, 'bin/busybox'));
    for (const name of APPLETS) symlinkSync('busybox', path.join(dir, 'bin', name));
    const tar = execFileSync('tar', ['-C', dir, '-c', '.'], { maxBuffer: 64 * 1024 * 1024 });
    const change = ['--change', 'ENV PATH=/bin', '--change', 'EXPOSE 80'];
    execFileSync('docker', ['import', ...change, '-', BUSYBOX_IMAGE], { input: tar, stdio: 'pipe' });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Containers, networks and volumes of a run that are there; of all runs without one. */
export function dockerLeftovers(runId?: string): string[] {
  const filter = ['--filter', `label=pipewright.run${runId === undefined ? '' : `=${runId}`}`];
  const list = (...words: string[]): string[] =>
    execFileSync('docker', [...words, ...filter], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  return [...list('ps', '-aq'), ...list('network', 'ls', '-q'), ...list('volume', 'ls', '-q')];
}
