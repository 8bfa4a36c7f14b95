import { existsSync, lstatSync, readdirSync, readFileSync, type Stats, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSshdMissing } from '#test/support/sshd.ts';
import { createSshFixture, gone, never, pathWithoutRsync, type SshFixture } from './ssh-fixture.ts';

describe.skipIf(isSshdMissing())('a stage on an SSH host', () => {
  let fixture: SshFixture;
  beforeEach(async () => {
    fixture = await createSshFixture();
  });
  afterEach(() => fixture[Symbol.asyncDispose]());

  it('runs steps there, with output and exit codes as they are', async () => {
    const { log } = fixture;
    const place = await fixture.open();
    expect(await fixture.run(place, 'echo out; echo err >&2')).toEqual({ type: 'succeeded' });
    expect(log).toEqual({ stdout: 'out\n', stderr: 'err\n', system: '' });
    for (const code of [1, 126, 255])
      expect(await fixture.run(place, `exit ${code}`)).toMatchObject({ type: 'failed', exitCode: code });
    expect(await fixture.run(place, 'false; echo not reached')).toMatchObject({ exitCode: 1 });
    expect(await fixture.run(place, 'pwd; cat; [ "$(ps -o pgid= -p $$ | tr -d " ")" = "$$" ]')).toEqual({
      type: 'succeeded',
    });
    expect(log.stdout).toBe(`out\n${place.seenWorkspace}\n`);
  });

  it('brings every byte of much output, in order', async () => {
    const { log } = fixture;
    const place = await fixture.open();
    await fixture.run(
      place,
      'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo "line $i"; done; printf "\\036\\377end"',
    );
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index + 1}\n`).join('');
    expect(log.stdout).toBe(`${lines}\u001e\u00ffend`);
  });

  it('gives the environment and the script through its input, where no list of processes shows them', async () => {
    const { log } = fixture;
    const place = await fixture.open();
    const value = `it's "a" $secret\nin two lines \\ ü`;
    const outcome = await fixture.run(place, `printf %s "$TOKEN"; : script-secret; ps -A -o args= -ww >&2`, {
      env: { TOKEN: value },
      command: { script: `printf %s "$TOKEN"; : script-secret; ps -A -o args= -ww >&2`, shell: null },
    });
    expect(outcome).toEqual({ type: 'succeeded' });
    expect(Buffer.from(log.stdout, 'latin1').toString()).toBe(value);
    expect(log.stderr).not.toContain('$secret');
    expect(log.stderr).not.toContain('script-secret');
    expect(readdirSync(path.join(fixture.remoteRun(), 'steps'))).toEqual([]);
  });

  it('reads what a step wrote to its command files, once', async () => {
    const place = await fixture.open();
    await fixture.run(place, 'echo version=7 >>"$PIPEWRIGHT_OUTPUT"');
    expect(await place.readCommandFiles(place.seenCommandPrefix)).toEqual({ output: 'version=7\n' });
    await fixture.run(place, 'true');
    expect(await place.readCommandFiles(place.seenCommandPrefix)).toEqual({});
  });

  it.each(['rsync', 'tar'])('takes the workspace there and brings back what changed, by %s', async (tool) => {
    const { sshd, dir, workspace, log } = fixture;
    if (tool === 'tar') sshd.configure([`SetEnv PATH=${pathWithoutRsync(dir)}`]);
    writeFileSync(path.join(workspace, 'kept.txt'), 'kept');
    writeFileSync(path.join(workspace, 'changed.txt'), 'old');
    writeFileSync(path.join(workspace, 'removed.txt'), 'removed');
    writeFileSync(path.join(workspace, 'same.txt'), 'same');
    const place = await fixture.open();
    const copyOf = (): Stats => lstatSync(path.join(place.seenWorkspace, 'same.txt'));
    const copy = copyOf();
    const odd = `a  b'$(c)"\n[d].txt`;
    const outcome = await fixture.run(
      place,
      'cat changed.txt; echo new >changed.txt; rm removed.txt; mkdir -p "out/deep dir"; printf %s "$ODD" >"out/deep dir/$ODD"; ln -s nowhere link',
      { env: { ODD: odd } },
    );
    expect(outcome).toEqual({ type: 'succeeded' });
    // Another stage works here at the same time.
    writeFileSync(path.join(workspace, 'kept.txt'), 'of another stage');
    writeFileSync(path.join(workspace, 'made.txt'), 'by another stage');
    await place.collect(never);
    expect(readFileSync(path.join(workspace, 'changed.txt'), 'utf8')).toBe('new\n');
    expect(readFileSync(path.join(workspace, 'out/deep dir', odd), 'utf8')).toBe(odd);
    expect(readFileSync(path.join(workspace, 'kept.txt'), 'utf8')).toBe('of another stage');
    expect(readdirSync(workspace).sort()).toEqual([
      'changed.txt',
      'kept.txt',
      'link',
      'made.txt',
      'out',
      'same.txt',
    ]);
    await place.close();

    const next = await fixture.open();
    log.stdout = '';
    await fixture.run(next, 'cat kept.txt; ls');
    expect(log.stdout).toBe('of another stagechanged.txt\nkept.txt\nlink\nmade.txt\nout\nsame.txt\n');
    expect(next.seenWorkspace).toBe(place.seenWorkspace);
    // What has not changed did not go over again.
    expect(copyOf()).toMatchObject({ ino: copy.ino, ctimeMs: copy.ctimeMs });
  });

  it.each([
    ['memory', { memoryBytes: 50_000_000 }, `x=$(head -c 200000000 /dev/zero | tr '\\0' x); sleep 300`],
    ['processes', { pids: 10 }, 'i=0; while [ $i -lt 20 ]; do i=$((i+1)); sleep 300 & done; wait'],
  ])('ends a step that has too much %s, and says what it cannot limit', async (what, limits, script) => {
    const place = await fixture.open({
      resources: { cpus: 1, memoryBytes: null, diskBytes: null, pids: null, ...limits },
    });
    expect(await fixture.run(place, script)).toMatchObject({
      type: 'failed',
      message: expect.stringContaining(what) as string,
    });
    await fixture.run(place, 'true');
    expect(fixture.log.system).toBe('Pipewright: resources.cpus is not kept on pipewright-test\n');
  });

  it('removes everything of the run from the host, a daemon that left its group too', async () => {
    const { places, log, runId } = fixture;
    const place = await fixture.open();
    await fixture.run(place, 'setsid sleep 300 >/dev/null 2>&1 & echo "daemon $!"');
    const daemon = Number(/daemon (\d+)/.exec(log.stdout)?.[1]);
    await place.close();
    await places.release(runId);
    await gone(daemon);
    expect(existsSync(fixture.remoteRun())).toBe(false);
    expect(await places.leftovers()).toEqual([]);
  });
});
