import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildImage } from '#main/executors/docker/build-image.ts';
import { connectDocker } from '#main/executors/docker/docker-client.ts';
import { isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';

describe.skipIf(isDockerMissing())('images of a Dockerfile (skipped without Docker)', () => {
  let dir: string;
  const made: string[] = [];
  beforeEach(() => {
    makeShellImage();
    dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-build-'));
    writeFileSync(path.join(dir, 'Dockerfile'), `FROM ${SHELL_IMAGE}\nCOPY marker /\n`);
  });
  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
    for (const tag of made.splice(0))
      if (isThere(tag)) execFileSync('docker', ['image', 'rm', tag], { stdio: 'ignore' });
  });

  const isThere = (tag: string): boolean =>
    execFileSync('docker', ['image', 'ls', '-q', tag], { encoding: 'utf8' }).trim() !== '';

  async function build(content: string): Promise<{ readonly tag: string; readonly printed: string }> {
    writeFileSync(path.join(dir, 'marker'), content);
    let printed = '';
    const tag = await buildImage(
      await connectDocker(),
      {
        ...{ contextDir: dir, dockerfile: path.join(dir, 'Dockerfile'), args: {}, target: null },
        ...{ name: 'Dockerfile', configDir: dir },
        log: {
          write(_stream, chunk) {
            printed += chunk.toString('utf8');
            return undefined;
          },
          close: () => Promise.resolve(),
        },
      },
      new AbortController().signal,
    );
    made.push(tag);
    return { tag, printed };
  }

  it('are built once for the same content', async () => {
    const first = await build('one');
    expect(first.printed).toContain('Building the image of Dockerfile');
    expect(await build('one')).toEqual({ tag: first.tag, printed: '' });
    expect((await build('two')).tag).not.toBe(first.tag);
  });

  it(
    'go when five newer ones have been built, unless a container uses them',
    { timeout: 120_000 },
    async () => {
      const used = (await build('used')).tag;
      const container = execFileSync('docker', ['create', used, 'true'], { encoding: 'utf8' }).trim();
      try {
        // The daemon knows when they were made to the second only: of those that are equally old, any may go.
        for (const content of ['1', '2', '3', '4', '5', '6', '7']) await build(content);
        expect(isThere(used)).toBe(true);
        expect(made.filter(isThere).length).toBeLessThanOrEqual(6);
        expect(isThere(made.at(-1) ?? '')).toBe(true);
      } finally {
        execFileSync('docker', ['rm', container], { stdio: 'ignore' });
      }
    },
  );
});
