import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { BUSYBOX } from './local-images.ts';

/** Whether there is no Docker here that tests could use, or nothing to make images of; on CI the tests fail instead. */
export const isDockerMissing = (): boolean =>
  process.env['CI'] === undefined &&
  (!existsSync(BUSYBOX) || spawnSync('docker', ['info'], { stdio: 'ignore' }).status !== 0);

/** Containers, networks and volumes of a run that are there; of all runs without one. */
export function dockerLeftovers(runId?: string): string[] {
  const filter = ['--filter', `label=pipewright.run${runId === undefined ? '' : `=${runId}`}`];
  const list = (...words: string[]): string[] =>
    execFileSync('docker', [...words, ...filter], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  return [...list('ps', '-aq'), ...list('network', 'ls', '-q'), ...list('volume', 'ls', '-q')];
}
