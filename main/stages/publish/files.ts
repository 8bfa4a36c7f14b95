import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import type { KindServices } from '../services.ts';
import { counted } from '../tools/counted.ts';
import { matchingFiles } from '../tools/matching-files.ts';
import { globsSetting, listOf } from '../tools/setting-shapes.ts';
import { nothingChecked } from '../tools/verdict.ts';
import { openTarget } from './files/open-target.ts';
import { publishLocally } from './files/publish-locally.ts';
import { sha256OfFile } from './files/sha256-of-file.ts';
import { SFTP } from './files/sftp-target.ts';
import type { FileTarget, PublishedFile } from './files/target.ts';
import { withPrivateFolder } from './private-folder.ts';
import { orRefused, publishSettings } from './settings.ts';

const text = z.string().default('');

export const publishFilesSettings = z.strictObject({
  paths: globsSetting
    .describe('Globs of the files, relative to the folder of the stage')
    .meta({ title: 'Files', 'x-control': 'globs', examples: ['dist/*.tgz'] }),
  to: z
    .enum(['repository', 'folder', 'sftp', 's3'])
    .default('repository')
    .describe('Where to: the local repository, a folder of this machine, a host by SFTP, a bucket of S3')
    .meta({ title: 'To' }),
  target: text
    .describe('folder: an absolute path; sftp: `host:folder`; s3: `bucket/prefix`')
    .meta({ title: 'Target', examples: ['/srv/releases', 'files.example:/srv/releases', 'releases/shop'] }),
  name: text
    .describe('repository: the package; else a folder below the target')
    .meta({ title: 'Package', examples: ['shop'] }),
  version: text
    .describe('repository: the version; else a folder below that')
    .meta({ title: 'Version', examples: ['${{ needs.version.outputs.version }}'] }),
  channel: text
    .describe('repository: a channel that points to the version then')
    .meta({ title: 'Channel', examples: ['beta'] }),
  labels: z
    .record(z.string(), z.string())
    .default({})
    .describe('repository: labels to search by')
    .meta({ title: 'Labels', examples: [{ team: 'web' }] }),
  sbom: text
    .describe('repository: a bill of materials that is kept with the version')
    .meta({ title: 'Bill of materials', examples: ['sbom.cdx.json'] }),
  provenance: text
    .describe('repository: a provenance that is kept with the version')
    .meta({ title: 'Provenance', examples: ['provenance.intoto.jsonl'] }),
  overwrite: z
    .boolean()
    .default(false)
    .describe('folder, sftp, s3: whether a file that is there with other content is replaced')
    .meta({ title: 'Replace' }),
  endpoint: text
    .describe('s3: the address of the service; empty: that of AWS in the region')
    .meta({ title: 'Endpoint', examples: ['https://minio.example'] }),
  region: z
    .string()
    .regex(/^[\w-]+$/)
    .default('us-east-1')
    .describe('s3: the region')
    .meta({ title: 'Region' }),
  'access-key-id': text.describe('s3: the id of the access key').meta({ title: 'Access key id' }),
  'secret-access-key': text
    .describe('s3: the access key, as a secret')
    .meta({ title: 'Access key', 'x-control': 'secret', examples: ['${{ secrets.S3_KEY }}'] }),
  'session-token': text
    .describe('s3: the token of a session, as a secret')
    .meta({ title: 'Session token', 'x-control': 'secret' }),
  ...publishSettings,
});
export type PublishFilesSettings = z.output<typeof publishFilesSettings>;

/** Files to the local repository, a folder, a host or a bucket. */
export const publishFiles = defineKind({
  id: 'publish.files',
  title: 'Publish files',
  summary: 'Puts files into the local repository, a folder, a host (SFTP) or a bucket (S3)',
  docs: [
    'Into the **local repository** the files go as one version of a package; `pipewright repository` shows it. A version never',
    'changes: the same content again changes nothing, other content fails the stage, as does a package or channel that whoever',
    'runs it may not publish to.',
    '',
    'Elsewhere each file is sent, then read back, and its SHA-256 compared. What is there with the same content is not sent',
    'again, so a stage that was cut goes on where it was; by SFTP also in the middle of a file. A file that is there with other',
    'content fails the stage before anything is sent, unless `overwrite` is set. What a server or the network fails at is',
    'tried again; who is not let in is said at once.',
  ].join('\n'),
  settings: publishFilesSettings,
  example: { paths: 'dist/*', to: 'repository', name: 'shop', version: '1.4.0', channel: 'beta' },
  outputs: {
    digest: 'repository: SHA-256 of the list of files, `sha256:…`',
    url: 'Of the version, or of the first file',
    published: 'How many files were sent; 0 when all was there already, or with `dry-run`',
  },
  tools: [SFTP],
  worksOnFiles: true,
  run: (given, context, services) =>
    orRefused(async () => {
      if (given.to === 'repository') return publishLocally(given, context, services);
      return withPrivateFolder((dir) => publish(given, context, services, dir));
    }),
});

async function publish(
  given: PublishFilesSettings,
  context: KindContext,
  services: KindServices,
  privateDir: string,
): Promise<KindResult> {
  const target = await openTarget(given, context, services, privateDir);
  const files = await readFiles(given, context);
  const missing = await missingFiles(target, files, given.overwrite);
  for (const { path: name, sizeBytes } of given['dry-run'] ? missing : []) {
    await context.say(`would send ${name} (${formatSize(sizeBytes)}) to ${target.urlOf(name)}`);
  }
  const outputs = { digest: '', url: target.urlOf(files[0]?.path ?? '') };
  if (given['dry-run']) return { outcome: SUCCEEDED, outputs: { ...outputs, published: '0' } };
  for (const file of counted(context, missing, (one) => `sending ${one.path}`)) {
    await context.say(`sending ${file.path} (${formatSize(file.sizeBytes)})`);
    await target.send(file);
    const actual = await target.digestOf(file);
    if (actual !== file.sha256) {
      throw new AppError(
        'service-failed',
        `${target.name} gives other content back for ${file.path} than it was sent: ${actual ?? 'none'}.`,
      );
    }
  }
  const there = files.length - missing.length;
  await context.say(
    `${missing.length} sent to ${target.name}${there === 0 ? '' : `, ${there} were there already`}`,
  );
  return { outcome: SUCCEEDED, outputs: { ...outputs, published: String(missing.length) } };
}

async function readFiles(
  given: PublishFilesSettings,
  context: KindContext,
): Promise<readonly PublishedFile[]> {
  const found = await matchingFiles(context, listOf(given.paths), 'paths');
  if (found.length === 0)
    nothingChecked(
      'no file matches `paths`',
      'Look at `paths`; they are relative to the folder of the stage.',
    );
  const below = [given.name, given.version].filter((part) => part !== '');
  const files: PublishedFile[] = [];
  for (const file of found) {
    const absolute = path.join(context.cwd, file);
    files.push({
      path: [...below, file].join('/'),
      absolute,
      ...(await sha256OfFile(absolute, context.signal)),
    });
  }
  return files;
}

/** Asked of all files before the first is sent, so that a conflict leaves nothing half done. */
async function missingFiles(
  target: FileTarget,
  files: readonly PublishedFile[],
  overwrite: boolean,
): Promise<readonly PublishedFile[]> {
  const missing: PublishedFile[] = [];
  for (const file of files) {
    const there = await target.digestOf(file);
    if (there === file.sha256) continue;
    if (there !== null && !overwrite) {
      throw new AppError(
        'version-exists',
        `${target.urlOf(file.path)} is there already, with other content.`,
        {
          hint: 'Publish it as another version, or set `overwrite: true` to replace it.',
        },
      );
    }
    missing.push(file);
  }
  return missing;
}
