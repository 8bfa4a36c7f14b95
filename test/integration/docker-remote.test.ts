import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerLeftovers, isDockerMissing } from '#test/support/docker.ts';
import { startTlsDocker, type TlsDocker } from '#test/support/docker-tls.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { isSshdMissing, startSshd } from '#test/support/sshd.ts';
import { createCliFixture } from './cli-fixture.ts';
import { cliWith } from './cli-stdin.ts';
import type { ShownRun } from './shown-run.ts';

const CONTAINER = `{ image: '${SHELL_IMAGE}', pull: never }`;
const WORK = `
workspace: in-place
stages:
  change:
    container: ${CONTAINER}
    secrets: [WORD]
    steps:
      - run: 'cat kept; pwd; ls -l tool | cut -c1-10; readlink link; echo "X=of the first" >> "$PIPEWRIGHT_ENV"'
      - run: |
          echo "$X"; echo "\${{ secrets.WORD }}" | wc -c
          echo other > changed; rm gone; rm -r old; mkdir -p new/deep; echo made > 'new/deep/odd "name'
          ln -s deep/none new/link; printf '#!/bin/sh\\n' > new/tool; chmod 755 new/tool
          touch -d '2001-02-03 04:05:06' new/early; ln new/early new/twin
          echo "n=7" >> "$PIPEWRIGHT_OUTPUT"
  read:
    needs: change
    container: ${CONTAINER}
    run: 'cat "new/deep/odd \\"name"; cat changed; [ "\${{ needs.change.outputs.n }}" = 7 ]'
`;

describe.skipIf(isDockerMissing())('a Docker of another machine (skipped without Docker)', () => {
  let remote: TlsDocker;
  beforeAll(async () => {
    makeShellImage();
    remote = await startTlsDocker();
  });
  afterAll(() => remote[Symbol.asyncDispose]());

  it('runs stages over TLS: the workspace goes there, and what changed comes back', async () => {
    await using fixture = createCliFixture(WORK, {
      env: { ...remote.env, PIPEWRIGHT_SECRET_WORD: 'hunter2' },
    });
    const { projectDir } = fixture;
    const file = (name: string): string => path.join(projectDir, name);
    for (const name of ['kept', 'changed', 'gone', 'old/one']) fixture.write(name, `${name}\n`);
    fixture.write('tool', '#!/bin/sh\n');
    mkdirSync(file('empty'));
    symlinkSync('kept', file('link'));
    const kept = lstatSync(file('kept'));

    expect((await cliWith(fixture, 'hunter2', 'secrets', 'set', 'WORD')).code).toBe(0);
    const { code, stdout, stderr } = await fixture.cli('run', '--trust');
    expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
    const log = (await fixture.cli('logs', 'latest', 'change')).stdout;
    expect(log).toBe(`kept\n${projectDir}\n-rw-r--r--\nkept\nof the first\n8\n`);
    expect((await fixture.cli('logs', 'latest', 'read')).stdout).toBe('made\nother\n');
    expect(readFileSync(file('changed'), 'utf8')).toBe('other\n');
    expect(readlinkSync(file('new/link'))).toBe('deep/none');
    expect(lstatSync(file('new/tool')).mode & 0o777).toBe(0o755);
    expect(lstatSync(file('new/twin')).isFile()).toBe(true);
    expect(existsSync(file('gone'))).toBe(false);
    expect(existsSync(file('old'))).toBe(false);
    expect(lstatSync(file('empty')).isDirectory()).toBe(true);
    // What nobody touched was not written again.
    expect(lstatSync(file('kept'))).toMatchObject({ ino: kept.ino, ctimeMs: kept.ctimeMs });
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(dockerLeftovers(run.id)).toEqual([]);
    const volumes = ['volume', 'ls', '-q', '--filter', `label=pipewright.run=${run.id}`];
    expect(execFileSync('docker', volumes, { encoding: 'utf8' })).toBe('');
  });

  it.skipIf(isSshdMissing())('runs stages over ssh (skipped without sshd)', async () => {
    await using sshd = await startSshd();
    const env = { DOCKER_HOST: `ssh://${sshd.host}`, PIPEWRIGHT_SSH_CONFIG: sshd.configFile };
    await using fixture = createCliFixture(
      `stages: { one: { container: ${CONTAINER}, run: 'cat kept; echo "$PIPEWRIGHT_STAGE" > made; exit 3' } }\nworkspace: in-place`,
      { env },
    );
    fixture.write('kept', 'kept\n');
    expect((await fixture.cli('run', '--trust')).code).toBe(1);
    expect((await fixture.cli('logs', 'latest', 'one')).stdout).toMatch(/^kept\n/);
    expect(readFileSync(path.join(fixture.projectDir, 'made'), 'utf8')).toBe('one\n');
    const run = await fixture.json<ShownRun>('runs', 'show', 'latest');
    expect(dockerLeftovers(run.id)).toEqual([]);

    sshd.changeHostKey();
    await sshd.start();
    const again = await fixture.cli('run', '--trust', '--format', 'ndjson');
    expect(again.stdout).toMatch(/docker-unreachable.*ssh:\/\/pipewright-test.*[Hh]ost key/);
  });

  it('says that folders of this machine cannot be mounted there', async () => {
    const container = `{ image: '${SHELL_IMAGE}', pull: never, volumes: ['./data:/data'] }`;
    await using fixture = createCliFixture(`stages: { one: { container: ${container}, run: ls } }`, {
      env: remote.env,
    });
    const { stdout } = await fixture.cli('run', '--trust', '--format', 'ndjson');
    expect(stdout).toMatch(/\.\/data of this machine cannot be mounted at \/data: Docker at tcp:/);
  });

  it('tells changes apart in images without find, too', async () => {
    const image = 'pipewright-test/no-find:1';
    const dockerfile = `FROM ${SHELL_IMAGE}\nRUN rm /bin/find\n`;
    execFileSync('docker', ['build', '-q', '-t', image, '-'], { input: dockerfile, stdio: 'pipe' });
    await using fixture = createCliFixture(
      `workspace: in-place
stages: { one: { container: { image: '${image}', pull: never }, run: 'echo longer > other; rm gone; mkdir new; echo 1 > new/one' } }`,
      { env: remote.env },
    );
    for (const name of ['kept', 'other', 'gone']) fixture.write(name, name);
    const kept = lstatSync(path.join(fixture.projectDir, 'kept'));
    const { code, stdout } = await fixture.cli('run', '--trust');
    expect({ code, stdout }).toMatchObject({ code: 0 });
    const file = (name: string): string => path.join(fixture.projectDir, name);
    expect(readFileSync(file('other'), 'utf8')).toBe('longer\n');
    expect(readFileSync(file('new/one'), 'utf8')).toBe('1\n');
    expect(existsSync(file('gone'))).toBe(false);
    expect(lstatSync(file('kept')).ctimeMs).toBe(kept.ctimeMs);
    execFileSync('docker', ['image', 'rm', image], { stdio: 'ignore' });
  });
});
