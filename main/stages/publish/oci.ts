import { openAsBlob } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { counted } from '../tools/counted.ts';
import { matchingFiles } from '../tools/matching-files.ts';
import { globsSetting, listOf } from '../tools/setting-shapes.ts';
import { nothingChecked } from '../tools/verdict.ts';
import { credentialSettings } from './http/credential.ts';
import { createOciClient, digestOf, MANIFEST_TYPE, type OciClient } from './oci/oci-client.ts';
import { isTag, parseOciReference } from './oci/reference.ts';
import { addReferrer, type Descriptor } from './oci/referrers.ts';
import { sha256OfFile } from './files/sha256-of-file.ts';
import { orRefused, publishSettings } from './settings.ts';

/** An empty JSON object, which stands for a configuration that an artifact does not have. */
const EMPTY = Buffer.from('{}');
const EMPTY_TYPE = 'application/vnd.oci.empty.v1+json';

const settings = z.strictObject({
  to: z
    .string()
    .min(1)
    .describe('Where to: registry, repository and tag; `http://` before it for one without TLS')
    .meta({ title: 'To', examples: ['registry.example/team/shop:1.4.0'] }),
  paths: globsSetting
    .describe('Globs of the files, relative to the folder of the stage; each becomes a layer')
    .meta({ title: 'Files', 'x-control': 'globs', examples: ['dist/*.tgz'] }),
  'artifact-type': z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/)
    .default('application/vnd.pipewright.files.v1')
    .describe('What it is, as a media type of your own')
    .meta({ title: 'Type of artifact', examples: ['application/vnd.example.chart'] }),
  'media-type': z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/)
    .default('application/octet-stream')
    .describe('What each file is')
    .meta({ title: 'Type of files' }),
  tags: z
    .array(z.string().refine(isTag, 'It is no tag.'))
    .default([])
    .describe('Further tags')
    .meta({ title: 'Further tags', examples: [['latest']] }),
  subject: z
    .string()
    .default('')
    .describe(
      'The tag or digest of the manifest, in the same repository, that this belongs to, as a signature or a bill does',
    )
    .meta({ title: 'Belongs to', examples: ['sha256:…'] }),
  annotations: z
    .record(z.string(), z.string())
    .default({})
    .describe('Annotations of the manifest')
    .meta({
      title: 'Annotations',
      examples: [{ 'org.opencontainers.image.source': 'https://git.example/shop' }],
    }),
  immutable: z
    .boolean()
    .default(true)
    .describe('Whether a tag that has other content is refused; else it is moved')
    .meta({ title: 'Tags never move' }),
  ...credentialSettings,
  ...publishSettings,
});
type Settings = z.output<typeof settings>;

/** Files as an OCI artifact in a container registry. */
export const publishOci = defineKind({
  id: 'publish.oci',
  title: 'Publish to an OCI registry',
  summary: 'Puts files into a container registry, as an OCI artifact',
  docs: [
    'Sends each file as a layer, then the manifest (OCI 1.1, with `artifactType`), then the tags; content that is there is',
    'not sent again, a transfer that was cut goes on where it was, and a server that fails is asked again. At the end the',
    'manifest and each layer are read back, and their digests compared.',
    '',
    'With `subject` it belongs to another manifest; for registries without the referrers API the index under the tag',
    '`sha256-<hex>` is kept. It signs in as the registry asks for it: by password (Basic) or by a token (Bearer).',
    '',
    'Fails when a tag has other content already (unless `immutable: false`); could not judge when the registry refuses',
    '(401, 403), fails to the last, or gives back other content than it was sent.',
  ].join('\n'),
  settings,
  example: {
    to: '${{ env.REGISTRY }}/team/shop:1.4.0',
    paths: 'dist/*.tgz',
    'artifact-type': 'application/vnd.example.shop',
    username: 'ci',
    password: '${{ secrets.REGISTRY_PASSWORD }}',
  },
  outputs: {
    digest: 'Of the manifest, `sha256:…`',
    reference: '`host/repository@sha256:…`, which never means anything else',
    published: '`false` when all of it was there already, or with `dry-run`',
  },
  worksOnFiles: true,
  run: (given, context) => orRefused(() => publish(given, context)),
});

async function publish(given: Settings, context: KindContext): Promise<KindResult> {
  const reference = parseOciReference(given.to, 'to');
  const { tag, name, origin } = reference;
  if (tag === null) {
    throw new AppError('usage', `\`to\`: ${given.to} has no tag.`, { hint: `Write it as ${name}:1.0.0.` });
  }
  const files = await matchingFiles(context, listOf(given.paths), 'paths');
  if (files.length === 0)
    nothingChecked(
      'no file matches `paths`',
      'Look at `paths`; they are relative to the folder of the stage.',
    );
  const layers = await Promise.all(files.map((file) => layerOf(context, file, given['media-type'])));
  const peer = { name: `the registry ${new URL(origin).host}`, context, retries: given.retries };
  const client = createOciClient(peer, reference, given);
  const subject = given.subject === '' ? null : await subjectOf(client, given.subject, name);
  const manifest = manifestOf(given, layers, subject);
  const digest = digestOf(manifest);
  const tags = [tag, ...given.tags];
  const outputs = { digest, reference: `${name}@${digest}` };

  const stored = await Promise.all(tags.map(async (one) => (await client.manifest(one))?.digest ?? null));
  const taken = tags.find((_one, index) => stored[index] !== null && stored[index] !== digest);
  if (taken !== undefined && given.immutable) {
    throw new AppError('version-exists', `${name}:${taken} is there already, with other content.`, {
      hint: 'Publish it under another tag, or set `immutable: false` to move the tag.',
    });
  }
  if (given['dry-run']) {
    for (const layer of layers)
      await context.say(`would send ${layer.file} (${formatSize(layer.size)}, ${layer.digest})`);
    await context.say(`would tag ${name}@${digest} as ${tags.join(', ')}`);
    return { outcome: SUCCEEDED, outputs: { ...outputs, published: 'false' } };
  }
  const isThere = stored.every((one) => one === digest);
  if (!isThere) {
    await pushAll(client, context, layers);
    let isListed = false;
    for (const one of tags) isListed = await client.putManifest(one, manifest, MANIFEST_TYPE);
    if (subject !== null && !isListed) {
      const { 'artifact-type': artifactType, annotations } = given;
      const descriptor = {
        mediaType: MANIFEST_TYPE,
        digest,
        size: manifest.length,
        artifactType,
        annotations,
      };
      await context.say(`listed under ${await addReferrer(client, subject.digest, descriptor)}`);
    }
  }
  await verifyLayers(client, layers, name);
  await context.say(`${isThere ? 'was there already:' : 'published'} ${name}:${tag} as ${digest}`);
  return { outcome: SUCCEEDED, outputs: { ...outputs, published: String(!isThere) } };
}

interface Layer extends Descriptor {
  /** Relative to the stage's folder. */
  readonly file: string;
  readonly absolute: string;
}

async function layerOf({ cwd, signal }: KindContext, file: string, mediaType: string): Promise<Layer> {
  const absolute = path.join(cwd, file);
  const { sha256, sizeBytes } = await sha256OfFile(absolute, signal);
  const annotations = { 'org.opencontainers.image.title': file };
  return { mediaType, digest: `sha256:${sha256}`, size: sizeBytes, annotations, file, absolute };
}

function manifestOf(given: Settings, layers: readonly Layer[], subject: Descriptor | null): Buffer {
  const config = { mediaType: EMPTY_TYPE, digest: digestOf(EMPTY), size: EMPTY.length };
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_TYPE,
      artifactType: given['artifact-type'],
      config,
      layers: layers.map(({ mediaType, digest, size, annotations }) => ({
        mediaType,
        digest,
        size,
        annotations,
      })),
      ...(subject === null ? {} : { subject }),
      ...(Object.keys(given.annotations).length === 0 ? {} : { annotations: given.annotations }),
    }),
  );
}

async function subjectOf(client: OciClient, reference: string, name: string): Promise<Descriptor> {
  const manifest = await client.manifest(reference);
  if (manifest === null) {
    throw new AppError('artifact-not-found', `\`subject\`: ${name} has no manifest ${reference}.`);
  }
  const { mediaType, digest, bytes } = manifest;
  return { mediaType, digest, size: bytes.length };
}

async function pushAll(client: OciClient, context: KindContext, layers: readonly Layer[]): Promise<void> {
  const config = digestOf(EMPTY);
  if (!(await client.hasBlob(config))) await client.pushBlob(config, new Blob([EMPTY]));
  const sending = counted(context, layers, ({ file }) => `sending ${file}`);
  for (const { file, absolute, digest, size } of sending) {
    const isThere = await client.hasBlob(digest);
    await context.say(`${isThere ? 'is there already:' : 'sending'} ${file} (${formatSize(size)})`);
    if (!isThere) await client.pushBlob(digest, await openAsBlob(absolute));
  }
}

async function verifyLayers(client: OciClient, layers: readonly Layer[], name: string): Promise<void> {
  for (const { file, digest } of layers) {
    const actual = await client.digestOfBlob(digest);
    if (actual === digest) continue;
    throw new AppError(
      'service-failed',
      `${name} gives other content back for ${file} than it was sent: ${actual ?? 'none'}.`,
    );
  }
}
