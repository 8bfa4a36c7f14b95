import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../../kind.ts';
import { artifactOf } from '../../tools/artifact-of.ts';
import { metric, metricsForm } from '../../tools/forms.ts';
import { matchingFiles } from '../../tools/matching-files.ts';
import { globsSetting, listOf, wordSetting } from '../../tools/setting-shapes.ts';
import { failed, nothingChecked } from '../../tools/verdict.ts';
import { withScratch } from '../../tools/with-scratch.ts';
import { workspacePath } from '../../tools/workspace-path.ts';
import { sha256Of } from '../built-files.ts';
import { packTar, packZip } from './archives.ts';
import { differenceOf } from './expected.ts';
import { NPM, packNpm } from './npm-package.ts';
import { type Packed, PackFailed, type PackWish } from './packer.ts';
import { sourceDate } from './source-date.ts';
import { DPKG_DEB, packDeb, packRpm, RPM, RPMBUILD } from './system-packages.ts';

const PACKERS = { npm: packNpm, tar: packTar, zip: packZip, deb: packDeb, rpm: packRpm } as const;
type Format = keyof typeof PACKERS;
const FORMATS = Object.keys(PACKERS) as [Format, ...Format[]];
/** Names of paths that a difference tells, at most. */
const NAMED_PATHS = 5;

const settings = z.strictObject({
  format: z
    .enum(FORMATS)
    .describe('What is made: a package of npm, an archive, or a package of a system')
    .meta({ title: 'Format' }),
  files: globsSetting
    .optional()
    .describe('For `tar` and `zip`: globs of what goes in; links are left out')
    .meta({ title: 'Files', 'x-control': 'globs', examples: ['dist/**'] }),
  name: z
    .string()
    .regex(/^[\w.+-]+$/, 'must be letters, digits and . + - _')
    .optional()
    .describe('For `tar` and `zip`: the name without its ending; default: that of the folder')
    .meta({ title: 'Name', examples: ['shop-1.0.0'] }),
  prefix: z
    .string()
    .regex(/^[\w.+-]*$/, 'must be the name of one folder')
    .default('')
    .describe('For `tar` and `zip`: a folder in the archive that all files lie in')
    .meta({ title: 'Folder inside' }),
  root: wordSetting
    .optional()
    .describe('For `deb`: the folder that has `DEBIAN/control` and the files at their places')
    .meta({ title: 'Root', examples: ['debian/root'] }),
  spec: wordSetting
    .optional()
    .describe('For `rpm`: the spec file')
    .meta({ title: 'Spec file', examples: ['shop.spec'] }),
  out: wordSetting.default('dist').describe('The folder for the package').meta({ title: 'Output folder' }),
  expected: z
    .array(z.string().min(1))
    .optional()
    .describe('All paths that are to be in it, and no other; one that ends with `/` stands for all below it')
    .meta({ title: 'Expected content', examples: [['package.json', 'dist/']] }),
  reproducible: z
    .boolean()
    .default(false)
    .describe('Packs twice, and fails unless both are the same byte by byte')
    .meta({ title: 'Reproducible' }),
  artifact: z
    .string()
    .min(1)
    .default('package')
    .describe('The name of the artifact')
    .meta({ title: 'Artifact' }),
});
type Settings = z.output<typeof settings>;

/** Packs what was built. */
export const buildPackage = defineKind({
  id: 'build.package',
  title: 'Package',
  summary:
    'Makes an npm, Debian or RPM package or an archive, checks what is in it, and that it is reproducible',
  docs: [
    'Makes one package: `npm` by `npm pack`, `deb` by `dpkg-deb`, `rpm` by `rpmbuild`, `tar` (with gzip) and `zip` by itself.',
    '',
    'Everything in it gets one time: that of `SOURCE_DATE_EPOCH`, else of the commit. Archives are sorted and know no users, so',
    'that the same files make the same bytes; `reproducible` packs twice and compares. With `expected` it fails when a path is',
    'missing, and when one is in it that nobody expects. It leaves the figures `package.bytes` and `package.files`.',
  ].join('\n'),
  settings,
  example: {
    format: 'tar',
    files: ['dist/**', 'README.md'],
    name: 'shop-1.0.0',
    prefix: 'shop',
    reproducible: true,
  },
  outputs: {
    file: 'The package, relative to the stage’s folder',
    sha256: 'Its SHA-256, in hex',
    bytes: 'Its size',
  },
  reports: ['metrics'],
  tools: [NPM, DPKG_DEB, RPMBUILD, RPM],
  worksOnFiles: true,
  async run(given, context) {
    const out = await workspacePath(context, given.out, 'out');
    const wish = await wishOf(given, context);
    try {
      const first = await packOnce(given, context, wish, out.here);
      if (!given.reproducible) return resultOf(given, context, out.relative, first, SUCCEEDED);
      const again = await packOnce(given, context, wish, null);
      const isSame = again.sha256 === first.sha256;
      const outcome = isSame
        ? SUCCEEDED
        : failed(`${first.file} is not reproducible: packing it twice made different bytes`);
      return resultOf(given, context, out.relative, first, outcome);
    } catch (error) {
      if (error instanceof PackFailed) return { outcome: failed(error.message, error.exitCode) };
      throw error;
    }
  },
});

async function wishOf(given: Settings, context: KindContext): Promise<PackWish> {
  const { format } = given;
  const needed = format === 'deb' ? 'root' : format === 'rpm' ? 'spec' : format === 'npm' ? null : 'files';
  if (needed !== null && given[needed] === undefined) {
    throw new AppError('usage', `\`${needed}\` is missing: \`format: ${format}\` needs it.`);
  }
  const isArchive = needed === 'files';
  const globs = listOf(given.files);
  const files = isArchive ? await matchingFiles(context, globs, 'files') : [];
  if (isArchive && files.length === 0)
    nothingChecked(`no file matches ${globs.join(', ')}`, 'Look at `files`.');
  const place = async (setting: 'root' | 'spec'): Promise<string> => {
    const text = given[setting];
    return text === undefined ? '' : (await workspacePath(context, text, setting)).relative;
  };
  return {
    files,
    name: given.name ?? path.basename(context.cwd).replaceAll(/[^\w.+-]/g, '-'),
    prefix: given.prefix,
    root: await place('root'),
    spec: await place('spec'),
    epoch: await sourceDate(context),
  };
}

interface PackedFile extends Packed {
  readonly sha256: string;
  readonly bytes: number;
}

/** @param out where the package is to be; null: nowhere, only its hash is wanted */
function packOnce(
  given: Settings,
  context: KindContext,
  wish: PackWish,
  out: string | null,
): Promise<PackedFile> {
  return withScratch(context, async (scratch) => {
    const packed = await PACKERS[given.format](context, wish, scratch);
    const file = path.join(scratch.dir, packed.file);
    const { size } = await stat(file);
    const sha256 = await sha256Of(file);
    if (out !== null) {
      await mkdir(out, { recursive: true });
      await copyFile(file, path.join(out, packed.file));
    }
    return { ...packed, sha256, bytes: size };
  });
}

function resultOf(
  { artifact, expected }: Settings,
  context: KindContext,
  out: string,
  packed: PackedFile,
  outcome: Outcome,
): KindResult {
  const file = out === '.' ? packed.file : `${out}/${packed.file}`;
  return {
    outcome: outcome.type === 'succeeded' ? contentVerdict(packed, expected) : outcome,
    reports: [
      metricsForm([
        metric('package.bytes', packed.bytes, 'bytes'),
        metric('package.files', packed.contents.length, 'count', null),
      ]),
    ],
    outputs: { file, sha256: packed.sha256, bytes: String(packed.bytes) },
    artifacts: [artifactOf(context, artifact, [file])],
  };
}

function contentVerdict({ contents, file }: Packed, expected: readonly string[] | undefined): Outcome {
  if (contents.length === 0) return failed(`${file} is empty`);
  if (expected === undefined) return SUCCEEDED;
  const { missing, unexpected } = differenceOf(contents, expected);
  if (missing.length > 0) return failed(`${file} lacks ${namesOf(missing)}`);
  if (unexpected.length > 0) return failed(`${file} has ${namesOf(unexpected)}, which nobody expects`);
  return SUCCEEDED;
}

function namesOf(paths: readonly string[]): string {
  const more = paths.length > NAMED_PATHS ? ` and ${paths.length - NAMED_PATHS} more` : '';
  return `${paths.slice(0, NAMED_PATHS).join(', ')}${more}`;
}
