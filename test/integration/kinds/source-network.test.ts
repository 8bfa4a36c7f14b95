import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSshdMissing, startSshd } from '#test/support/sshd.ts';
import { createTestRepository, type TestRepository } from './git-repository.ts';
import { type GitHttpServer, startGitHttpServer } from './git-http-server.ts';
import { createKindFixture, type KindFixture } from './kind-fixture.ts';

const TOKEN = 'hunter2-token-4711';

let fixture: KindFixture;
let origin: TestRepository;
let server: GitHttpServer;
let head: string;
beforeAll(async () => {
  origin = createTestRepository();
  head = origin.commit('feat: first', { 'a.txt': 'one', 'b.txt': 'b'.repeat(5_000) });
  server = await startGitHttpServer(origin.root);
  fixture = await createKindFixture();
  await fixture.host.vault.set('GIT_TOKEN', { type: 'global' }, TOKEN);
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  origin[Symbol.dispose]();
});

const url = (): string => `${server.url}/web-shop.git/.git`;
const checkout = (settings: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  fixture.runStage({ uses: 'source.git', with: { url: url(), ...settings }, ...more });

describe('source.git over the network', () => {
  it('signs in with a secret that stands in no file and in no log', async () => {
    server.access = `x-access-token:${TOKEN}`;
    const more = { secrets: ['GIT_TOKEN'] };
    const run = await checkout(
      { path: 'signed-in', password: '${{ secrets.GIT_TOKEN }}', filter: 'blob:none' },
      more,
    );
    expect(run.outcome()).toBe('succeeded');
    expect(fixture.read('signed-in/a.txt')).toBe('one');
    const config = readFileSync(path.join(fixture.projectDir, 'signed-in/.git/config'), 'utf8');
    expect(config).not.toContain(TOKEN);
    expect(config).not.toContain('credential');
    expect(await run.log()).not.toContain(TOKEN);
    const files = readdirSync(fixture.dir, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const holding = files.filter((one) => readFileSync(path.join(one.parentPath, one.name)).includes(TOKEN));
    expect(holding.map(({ name }) => name)).toEqual([]);
    expect(files.length).toBeGreaterThan(10);
  });

  it('says what to do when the server refuses, and does not ask anybody', async () => {
    server.access = `x-access-token:${TOKEN}`;
    const none = await checkout({ path: 'refused' });
    expect(none.outcome()).toMatch(/^infra-error: git ls-remote failed: .*Set `password`/s);
    const before = server.requests.length;
    const wrong = await checkout({ path: 'refused', password: 'wrong-password' });
    expect(wrong.outcome()).toMatch(/^infra-error: git ls-remote failed: Authentication failed/);
    expect(server.requests.length - before).toBeLessThan(5);
  });

  it('tries again when the connection is cut, and gives up when it stays so', async () => {
    server.access = null;
    server.cuts = 1;
    const run = await checkout({ path: 'cut' });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs['commit']).toBe(head);
    expect(await run.log()).toContain('the network failed; trying again');
    server.cuts = 100;
    const cut = await checkout({ path: 'cut-again', retries: 0 });
    expect(cut.outcome()).toMatch(/^infra-error: git (ls-remote|fetch) failed/);
    server.cuts = 0;
  });

  it.skipIf(isSshdMissing())('goes over ssh with the keys of the user', async () => {
    await using sshd = await startSshd();
    const env = { GIT_SSH_COMMAND: `ssh -F ${sshd.configFile}` };
    const run = await checkout({ url: `ssh://${sshd.host}${origin.dir}`, path: 'ssh' }, { env });
    expect(run.outcome()).toBe('succeeded');
    expect(fixture.read('ssh/a.txt')).toBe('one');
  });
});
