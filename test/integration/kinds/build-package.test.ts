import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());
const at = (...names: string[]) => path.join(fixture.projectDir, ...names);
beforeEach(() => {
  for (const name of ['dist', 'root', 'package.json']) rmSync(at(name), { recursive: true, force: true });
});
const pack = (settings: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  fixture.runStage({ uses: 'build.package', with: settings, ...more });
const tool = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: fixture.projectDir, encoding: 'utf8' });

describe('build.package', () => {
  it('makes a tar archive that is the same whenever and by whomever it is packed', async () => {
    fixture.write('dist/b.txt', 'b');
    fixture.write('dist/a/tool.sh', '#!/bin/sh\n');
    chmodSync(at('dist/a/tool.sh'), 0o700);
    fixture.write('README.md', 'Hi');
    symlinkSync('/etc/passwd', at('dist/link'));
    const done = await fixture.runExample('build.package');
    expect(done.outcome()).toBe('succeeded');
    expect(tool('tar', '-tvf', 'dist/shop-1.0.0.tar.gz', '--numeric-owner').replaceAll(/ +/g, ' ')).toMatch(
      /^-rw-r--r-- 0\/0 2 [\d-]+ [\d:]+ shop\/README\.md\n-rwxr-xr-x 0\/0 10 .* shop\/dist\/a\/tool\.sh\n.* shop\/dist\/b\.txt\n$/,
    );
    const { sha256 } = done.stage().outputs;
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(done.stage().artifacts).toMatchObject([{ name: 'package' }]);
    rmSync(at('dist/shop-1.0.0.tar.gz'));
    utimesSync(at('dist/b.txt'), 1, 1);
    expect((await fixture.runExample('build.package')).stage().outputs).toMatchObject({ sha256 });
    rmSync(at('README.md'));
  });

  it('makes a zip archive with the time that is asked for', async () => {
    fixture.write('dist/a.txt', 'a'.repeat(1_000));
    const settings = { format: 'zip', files: 'dist/*.txt', name: 'x', reproducible: true };
    const done = await pack(settings, { env: { SOURCE_DATE_EPOCH: '1700000000' } });
    expect(done.outcome()).toBe('succeeded');
    expect(done.stage().outputs).toMatchObject({ file: 'dist/x.zip' });
    expect(tool('python3', '-m', 'zipfile', '-l', 'dist/x.zip')).toMatch(
      /dist\/a\.txt +2023-11-14 22:13:20 +1000/,
    );
  });

  it('packs for npm, and fails when the content is another than expected', async () => {
    fixture.write('package.json', '{"name":"@s/x","version":"1.2.3","files":["dist"]}');
    fixture.write('dist/a.js', '');
    const done = await pack({
      format: 'npm',
      out: 'packed',
      expected: ['package.json', 'dist/'],
      reproducible: true,
    });
    expect(done.outcome()).toBe('succeeded');
    expect(done.stage().outputs).toMatchObject({ file: 'packed/s-x-1.2.3.tgz' });
    const other = await pack({ format: 'npm', out: 'packed', expected: ['package.json', 'README.md'] });
    expect(other.outcome()).toBe('failed: s-x-1.2.3.tgz lacks README.md');
    const more = await pack({ format: 'npm', out: 'packed', expected: ['package.json'] });
    expect(more.outcome()).toBe('failed: s-x-1.2.3.tgz has dist/a.js, which nobody expects');
    fixture.write('package.json', '{"name":"x"}');
    expect((await pack({ format: 'npm' })).outcome()).toMatch(/^failed: npm could not pack it: npm error/);
  });

  it.skipIf(isMissing('dpkg-deb'))('makes a Debian package', async () => {
    fixture.write(
      'root/DEBIAN/control',
      'Package: shop\nVersion: 1.0\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: x\n',
    );
    fixture.write('root/usr/share/shop/a.txt', 'a');
    const done = await pack({
      format: 'deb',
      root: 'root',
      expected: ['usr/share/shop/a.txt'],
      reproducible: true,
    });
    expect(done.outcome()).toBe('succeeded');
    expect(done.stage().outputs).toMatchObject({ file: 'dist/shop_1.0_all.deb' });
    fixture.write('root/DEBIAN/control', 'Package: SHOP!\n');
    expect((await pack({ format: 'deb', root: 'root' })).outcome()).toMatch(
      /^failed: dpkg-deb could not pack it: .*error/,
    );
  });

  it.skipIf(isMissing('rpmbuild', 'rpm'))('makes an RPM package', async () => {
    const spec = [
      ...['Name: shop', 'Version: 1.0', 'Release: 1', 'Summary: x', 'License: MIT', 'BuildArch: noarch'],
      ...['Source0: a.txt', '%description', 'x', '%install', 'mkdir -p %{buildroot}/usr/share/shop'],
      ...['cp %{SOURCE0} %{buildroot}/usr/share/shop/', '%files', '/usr/share/shop/a.txt', ''],
    ];
    fixture.write('shop.spec', spec.join('\n'));
    fixture.write('a.txt', 'a');
    const done = await pack({
      format: 'rpm',
      spec: 'shop.spec',
      expected: ['usr/share/shop/a.txt'],
      reproducible: true,
    });
    expect(done.outcome()).toBe('succeeded');
    expect(done.stage().outputs).toMatchObject({ file: 'dist/shop-1.0-1.noarch.rpm' });
  });

  it('refuses what is missing, elsewhere, or nothing', async () => {
    expect((await pack({ format: 'deb' })).outcome()).toBe(
      'failed: `root` is missing: `format: deb` needs it.',
    );
    expect((await pack({ format: 'tar', files: '../*' })).outcome()).toMatch(/`files`: \.\.\/\* is not/);
    expect((await pack({ format: 'tar', files: 'a*', out: '/tmp' })).outcome()).toMatch(
      /`out`: \/tmp is not/,
    );
    expect((await pack({ format: 'tar', files: 'none/**' })).outcome()).toMatch(
      /^infra-error: Nothing was checked/,
    );
  });
});
