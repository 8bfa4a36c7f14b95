import { mkdir } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { orRefused } from './settings.ts';

const settings = z.strictObject({
  name: z
    .string()
    .min(1)
    .describe('The package in the local repository')
    .meta({ title: 'Name', examples: ['shop'] }),
  version: z
    .string()
    .min(1)
    .default('@stable')
    .describe('The version, or `@` and a channel')
    .meta({ title: 'Version', examples: ['1.4.0', '@beta'] }),
  to: z
    .string()
    .min(1)
    .default('.')
    .describe('The folder that its files are put into, relative to the folder of the stage')
    .meta({ title: 'Folder', examples: ['dist'] }),
  digest: z
    .string()
    .regex(/^(?:(?:sha256:)?[0-9a-f]{64})?$/)
    .default('')
    .describe('What it must be, as SHA-256 of its list of files; empty: whatever the version is')
    .meta({ title: 'Digest', examples: ['${{ needs.publish.outputs.digest }}'] }),
});

/** A published version into the workspace. */
export const artifactFetch = defineKind({
  id: 'artifact.fetch',
  title: 'Fetch an artifact',
  summary: 'Puts the files of a version of the local repository into the workspace',
  docs: [
    'Takes a version that `publish.files` has put into the local repository, also in another project or long ago, or what a',
    'channel points to now. Each file is compared with its SHA-256 while it is written.',
    '',
    'Fails when there is no such version, when it is not the `digest` that was asked for, or when its content was damaged.',
  ].join('\n'),
  settings,
  example: { name: 'shop', version: '@stable', to: 'dist' },
  outputs: {
    version: 'The version, also where a channel was asked for',
    digest: '`sha256:…` of its list of files',
    files: 'How many files it has',
  },
  worksOnFiles: true,
  run: (given, context, { repository, artifacts }) =>
    orRefused(async () => {
      const found = repository.find(given.name, given.version);
      if (found === null) {
        const known = repository.versions(given.name).map(({ version }) => version);
        throw new AppError('artifact-not-found', `There is no ${given.name} ${given.version}.`, {
          hint:
            known.length === 0
              ? 'See `pipewright repository list`.'
              : `There are: ${known.slice(0, 10).join(', ')}.`,
        });
      }
      const { version, sha256, sizeBytes, fileCount } = found;
      if (given.digest !== '' && given.digest.replace(/^sha256:/, '') !== sha256) {
        const message = `${given.name} ${version} is not what was asked for: it is sha256:${sha256}.`;
        throw new AppError('usage', message, { hint: 'Look at where the digest comes from.' });
      }
      const target = await workspacePath(context, given.to, 'to');
      await mkdir(target.here, { recursive: true });
      const summary = { name: given.name, sizeBytes, sha256, fileCount };
      const onPlaced = (done: number, total: number): void => context.progress(done, total, 'files written');
      await artifacts.place(summary, target.here, context.signal, onPlaced);
      await context.say(`put ${given.name} ${version} (${fileCount} files) into ${target.relative}`);
      return {
        outcome: SUCCEEDED,
        outputs: { version, digest: `sha256:${sha256}`, files: String(fileCount) },
      };
    }),
});
