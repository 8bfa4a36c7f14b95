import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSshdMissing, startSshd, type TestSshd } from '#test/support/sshd.ts';
import { createKindFixture, isMissing, type KindFixture, type StageText } from './kind-fixture.ts';
import { failFirst, startFaultProxy } from './peers/fault-proxy.ts';
import { startS3, type TestS3 } from './peers/s3.ts';

let fixture: KindFixture;
let sshd: TestSshd | null = null;
beforeAll(async () => {
  sshd = isSshdMissing() ? null : await startSshd(['Subsystem sftp internal-sftp']);
  fixture = await createKindFixture(sshd === null ? {} : { env: { PIPEWRIGHT_SSH_CONFIG: sshd.configFile } });
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  await sshd?.[Symbol.asyncDispose]();
  delete process.env['PIPEWRIGHT_SSH_CONFIG'];
});
beforeEach(() => {
  rmSync(path.join(fixture.projectDir, 'dist'), { recursive: true, force: true });
  fixture.write('dist/shop.tgz', 'the shop');
  fixture.write('dist/sub/notes "1".txt', 'notes');
});

const publish = (settings: StageText, more: StageText = {}) =>
  fixture.runStage({ uses: 'publish.files', with: { paths: 'dist/**', ...settings }, ...more });

describe('publish.files to the local repository', () => {
  it('publishes the example, and a second time finds it there', async () => {
    const first = await fixture.runExample('publish.files');
    expect(first.outcome()).toBe('succeeded');
    expect(first.stage().outputs).toMatchObject({ url: 'shop@1.4.0', published: '1' });
    const { repository } = fixture.host;
    const version = repository.find('shop', '@beta');
    expect(version).toMatchObject({ version: '1.4.0', origin: { stage: 'it' } });
    expect(version && (await repository.files(version))).toMatchObject([{ path: 'dist/shop.tgz' }]);
    const again = await fixture.runExample('publish.files');
    expect(again.stage().outputs).toMatchObject({ published: '0' });
  });

  it('fails when the version has other content, or whoever runs it may not publish', async () => {
    const it = { name: 'fixed', version: '1.0.0' };
    await publish(it);
    fixture.write('dist/shop.tgz', 'another shop');
    expect((await publish(it)).outcome()).toMatch(
      /^failed: fixed 1\.0\.0 is published already, with other content/,
    );
    fixture.host.repository.setRule({ name: 'fixed', channel: null, allowed: ['Nobody In Particular'] });
    expect((await publish({ ...it, version: '1.0.1' })).outcome()).toMatch(
      /^failed: .* may not publish fixed/,
    );
  });

  it('does nothing in a dry run, and needs a name', async () => {
    const run = await publish({ name: 'dry', version: '1.0.0', 'dry-run': true });
    expect(await run.log()).toMatch(/would publish dry 1\.0\.0 \(2 files/);
    expect(fixture.host.repository.versions('dry')).toEqual([]);
    expect((await publish({ version: '1.0.0' })).outcome()).toMatch(/^failed: `name` is missing/);
    expect((await publish({ name: 'x', version: '1', paths: 'none' })).outcome()).toMatch(
      /^infra-error: .*no file/,
    );
  });
});

describe('publish.files to a folder', () => {
  it('copies, leaves what is there, and refuses other content', async () => {
    const target = path.join(fixture.dir, 'share');
    const it = { to: 'folder', target, name: 'shop', version: '1.0.0' };
    expect((await publish(it)).stage().outputs['published']).toBe('2');
    expect(readFileSync(path.join(target, 'shop/1.0.0/dist/shop.tgz'), 'utf8')).toBe('the shop');
    expect((await publish(it)).stage().outputs['published']).toBe('0');
    fixture.write('dist/shop.tgz', 'another shop');
    expect((await publish(it)).outcome()).toMatch(
      /^failed: .*shop\.tgz is there already, with other content/,
    );
    expect((await publish({ ...it, overwrite: true })).stage().outputs['published']).toBe('1');
    expect((await publish({ ...it, version: '../../x' })).outcome()).toMatch(/is no folder below the target/);
    expect((await publish({ ...it, target: 'relative' })).outcome()).toMatch(/^failed: `target`/);
  });
});

describe.skipIf(isMissing('s3rver'))('publish.files to a bucket', () => {
  let s3: TestS3;
  beforeAll(async () => {
    s3 = await startS3();
    await fixture.host.vault.set('S3_KEY', { type: 'global' }, s3.key);
  });
  afterAll(() => s3[Symbol.asyncDispose]());

  const toBucket = (settings: StageText = {}, host = s3.host) =>
    publish(
      {
        ...{ to: 's3', target: 'releases/team', endpoint: `http://${host}`, 'access-key-id': s3.keyId },
        'secret-access-key': '${{ secrets.S3_KEY }}',
        ...settings,
      },
      { secrets: ['S3_KEY'] },
    );

  it('sends each file once, and refuses other content', async () => {
    const it = { name: 'shop', version: '1.0.0' };
    const first = await toBucket(it);
    expect(first.outcome()).toBe('succeeded');
    expect(first.stage().outputs).toMatchObject({
      published: '2',
      url: 's3://releases/team/shop/1.0.0/dist/shop.tgz',
    });
    expect((await toBucket(it)).stage().outputs['published']).toBe('0');
    fixture.write('dist/shop.tgz', 'another shop');
    expect((await toBucket(it)).outcome()).toMatch(/^failed: .* is there already, with other content/);
  });

  it('tries again what the service fails at, also when it cuts in the middle', async () => {
    await using proxy = await startFaultProxy(s3.host);
    fixture.write('dist/large.bin', randomBytes(3_000_000));
    const put = failFirst(/^PUT/, [
      { type: 'answer', status: 500 },
      { type: 'cut-request', afterBytes: 1_000 },
    ]);
    const get = failFirst(/^GET/, [{ type: 'slow', ms: 20 }]);
    proxy.plan = (request) => put(request) ?? get(request);
    const run = await toBucket({ version: 'flaky', paths: 'dist/large.bin' }, proxy.host);
    expect(await run.log()).toMatch(/answered 500 .*; trying again/);
    expect(run.outcome()).toBe('succeeded');
  });

  it('notices content that comes back as another', async () => {
    await using proxy = await startFaultProxy(s3.host);
    proxy.plan = failFirst(/^GET/, [
      { type: 'answer', status: 404 },
      { type: 'answer', status: 200, body: 'something else' },
    ]);
    const run = await toBucket({ version: 'wrong', paths: 'dist/shop.tgz' }, proxy.host);
    expect(run.outcome()).toMatch(/^infra-error: the bucket releases gives other content back/i);
  });

  it('says who is not let in and which bucket is missing, without trying again', async () => {
    const wrong = await toBucket({ 'access-key-id': 'nobody', version: 'x' });
    expect(wrong.outcome()).toMatch(/^infra-error: The service .* refused to show .*: 403/);
    const none = await toBucket({ target: 'nowhere' });
    expect(none.outcome()).toMatch(/^infra-error: There is no bucket nowhere/);
  });
});

describe.skipIf(isSshdMissing())('publish.files by SFTP', () => {
  const toHost = (folder: string, settings: StageText = {}) =>
    publish({ to: 'sftp', target: `${sshd?.host}:${folder}`, ...settings });

  it('sends each file once, with odd names, and refuses other content', async () => {
    const folder = path.join(fixture.dir, 'files/of host');
    const first = await toHost(folder, { version: '1.0.0' });
    expect(first.outcome()).toBe('succeeded');
    expect(first.stage().outputs['published']).toBe('2');
    expect(readFileSync(path.join(folder, '1.0.0/dist/sub/notes "1".txt'), 'utf8')).toBe('notes');
    expect((await toHost(folder, { version: '1.0.0' })).stage().outputs['published']).toBe('0');
    fixture.write('dist/shop.tgz', 'another shop');
    expect((await toHost(folder, { version: '1.0.0' })).outcome()).toMatch(
      /^failed: sftp:.*with other content/,
    );
    expect((await toHost(folder, { version: '1.0.0', overwrite: true })).outcome()).toBe('succeeded');
    expect(readdirSync(path.join(folder, '1.0.0/dist')).sort()).toEqual(['shop.tgz', 'sub']);
  });

  it('goes on in the middle of a file that was cut', async () => {
    const folder = path.join(fixture.dir, 'resumed');
    const content = randomBytes(200_000);
    fixture.write('dist/large.bin', content);
    mkdirSync(path.join(folder, 'dist'), { recursive: true });
    const run = await toHost(folder, { paths: 'dist/large.bin', 'dry-run': true });
    expect(run.outcome()).toBe('succeeded');
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
    // What the first attempt left; other bytes would make another digest, which is read back.
    writeFileSync(path.join(folder, `dist/large.bin.part-${hash}`), content.subarray(0, 100_000));
    expect((await toHost(folder, { paths: 'dist/large.bin' })).outcome()).toBe('succeeded');
    expect(readFileSync(path.join(folder, 'dist/large.bin')).equals(content)).toBe(true);
    expect(readdirSync(path.join(folder, 'dist'))).toEqual(['large.bin']);
  });

  it('says what a host refuses, and that it cannot be reached', async () => {
    const blocked = path.join(fixture.dir, 'blocked');
    writeFileSync(blocked, 'a file');
    expect((await toHost(`${blocked}/below`)).outcome()).toMatch(/^infra-error: The host .* refused to take/);
    const away = await publish({ to: 'sftp', target: '127.0.0.1.invalid:x', retries: 0 });
    expect(away.outcome()).toMatch(/^infra-error: the host 127\.0\.0\.1\.invalid cannot be reached/i);
    expect((await publish({ to: 'sftp', target: '-oProxyCommand=x:y' })).outcome()).toMatch(
      /^failed: `target`/,
    );
    expect(existsSync(path.join(fixture.projectDir, '.pipewright-scratch'))).toBe(false);
  });
});
