import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { requireTool } from '../../tools/require-tool.ts';
import type { Tool } from '../../tools/tool.ts';
import { onlyPackage, type Packer, packWith } from './packer.ts';

export const DPKG_DEB: Tool = { name: 'dpkg-deb', bins: ['dpkg-deb'], install: 'apt install dpkg' };
export const RPMBUILD: Tool = {
  name: 'rpmbuild',
  bins: ['rpmbuild'],
  install: 'apt install rpm, or dnf install rpm-build',
};
export const RPM: Tool = { name: 'rpm', bins: ['rpm'], install: 'apt install rpm' };

/** A Debian package of a folder that has `DEBIAN/control`; all files belong to root. */
export const packDeb: Packer = async (context, { root, epoch }, { dir, seen }) => {
  const dpkg = await requireTool(context, [DPKG_DEB], 'make a Debian package');
  const env = { SOURCE_DATE_EPOCH: String(epoch) };
  const args = ['--root-owner-group', '--build', `./${root}`, seen];
  await packWith(context, 'dpkg-deb', { argv: [...dpkg.command, ...args], env });
  const file = onlyPackage(await readdir(dir), '.deb');
  const seenFile = `${seen}${context.paths.separator}${file}`;
  const list = await packWith(context, 'dpkg-deb', {
    ...{ argv: [...dpkg.command, '--contents', seenFile], silent: 'stdout' },
  });
  return { file, contents: debContents(list.stdout) };
};

/** Lines like those of `tar -tv`: mode, owner, size, date, time, and `./path`, with ` -> ` behind a link. */
export function debContents(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('d'))
    .flatMap((line) => /^(?:\S+\s+){5}\.?\/?(.+?)(?: (?:->|link to) .*)?$/.exec(line)?.[1] ?? [])
    .sort();
}

/** An RPM package as its spec file says; sources are looked for in the kind's folder. */
export const packRpm: Packer = async (context, { spec, epoch }, { dir, seen }) => {
  const rpmbuild = await requireTool(context, [RPMBUILD], 'make an RPM package');
  const rpm = await requireTool(context, [RPM], 'list what is in an RPM package');
  const { separator } = context.paths;
  const defined = {
    _topdir: `${seen}${separator}top`,
    _rpmdir: seen,
    _sourcedir: context.seen.cwd,
    _rpmfilename: '%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm',
    _buildhost: 'reproducible',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
    source_date_epoch_from_changelog: '0',
  };
  await mkdir(path.join(dir, 'top'), { recursive: true });
  const defines = Object.entries(defined).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  await packWith(context, 'rpmbuild', {
    argv: [...rpmbuild.command, '-bb', ...defines, `./${spec}`],
    env: { SOURCE_DATE_EPOCH: String(epoch) },
  });
  const file = onlyPackage(await readdir(dir), '.rpm');
  const argv = [...rpm.command, '--query', '--package', '--list', `${seen}${separator}${file}`] as const;
  const list = await packWith(context, 'rpm', { argv, silent: 'stdout' });
  const contents = list.stdout.split('\n').filter((line) => line.startsWith('/'));
  return { file, contents: contents.map((line) => line.slice(1)).sort() };
};
