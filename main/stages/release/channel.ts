import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { credentialSettings } from '../publish/http/credential.ts';
import type { Peer } from '../publish/http/peer.ts';
import { npmRegistryOf } from '../publish/npm/registry-of.ts';
import { createNpmRegistry, registryUrl } from '../publish/npm/registry.ts';
import { createOciClient } from '../publish/oci/oci-client.ts';
import { isTag, parseOciReference } from '../publish/oci/reference.ts';
import { orRefused, publishSettings, serverUrl } from '../publish/settings.ts';
import type { KindServices } from '../services.ts';
import { wordSetting } from '../tools/setting-shapes.ts';

const settings = z.strictObject({
  in: z
    .enum(['repository', 'npm', 'oci'])
    .default('repository')
    .describe(
      'Where the channel is: in the local repository, a dist-tag of npm, a tag of a container registry',
    )
    .meta({ title: 'In' }),
  name: wordSetting
    .describe('The package; for oci the registry and the repository')
    .meta({ title: 'Package', examples: ['shop', 'registry.example/team/shop'] }),
  version: wordSetting
    .describe(
      'What the channel is to point to: a version, in the local repository also a channel (`@beta`), for oci a tag or digest',
    )
    .meta({ title: 'Version', examples: ['1.4.0', '@beta'] }),
  channel: wordSetting.describe('The channel that moves').meta({ title: 'Channel', examples: ['stable'] }),
  keep: z
    .int()
    .min(1)
    .optional()
    .describe(
      'repository: how many of the newest versions stay; older ones that no channel points to and that were never deployed go',
    )
    .meta({ title: 'Keep', examples: [10] }),
  registry: z
    .string()
    .optional()
    .describe('npm: the registry; default: what npm is configured with')
    .meta({ title: 'Registry' }),
  ...credentialSettings,
  ...publishSettings,
});
type Settings = z.output<typeof settings>;

/** Moves what a channel points to. */
export const releaseChannel = defineKind({
  id: 'release.channel',
  title: 'Move a channel',
  summary: 'Points a channel, such as stable, to a version',
  docs: [
    'Versions never change, channels move: this points one to a version that is there. In the local repository the moves are',
    'kept (`pipewright repository channels NAME`), `@beta` promotes what beta points to, and with `keep` old versions go; never',
    'one that a channel points to, nor one that was deployed.',
    '',
    'Fails when there is no such version, and when whoever runs it may not move the channel; could not judge when a registry',
    'refuses.',
  ].join('\n'),
  settings,
  example: { name: 'shop', version: '@beta', channel: 'stable', keep: 10 },
  outputs: {
    from: 'What it pointed to before; empty: nothing',
    to: 'What it points to now',
    removed: 'Versions that went, with commas between them',
  },
  run: (given, context, services) => orRefused(() => move(given, context, services)),
});

async function move(given: Settings, context: KindContext, services: KindServices): Promise<KindResult> {
  const { name, channel } = given;
  const { from, to, removed } = await MOVES[given.in](given, context, services);
  const before = from === null ? '' : ` (before: ${from})`;
  const words = given['dry-run'] ? 'would point' : 'points';
  await context.say(
    from === to
      ? `${channel} of ${name} points to ${to} already`
      : `${channel} of ${name} ${words} to ${to}${before}`,
  );
  if (removed.length > 0)
    await context.say(`${given['dry-run'] ? 'would remove' : 'removed'} ${removed.join(', ')}`);
  return { outcome: SUCCEEDED, outputs: { from: from ?? '', to, removed: removed.join(',') } };
}

interface Moved {
  readonly from: string | null;
  readonly to: string;
  readonly removed: readonly string[];
}

type Move = (given: Settings, context: KindContext, services: KindServices) => Promise<Moved>;

const inRepository: Move = async ({ name, version, channel, keep, 'dry-run': dryRun }, context, services) => {
  const { repository } = services;
  const target = repository.find(name, version);
  if (target === null) throw missing(name, version, 'the local repository');
  const before = repository.channels(name).find((one) => one.channel === channel)?.version ?? null;
  if (!dryRun)
    repository.promote({ name, channel, version }, await services.identities(context.run.projectDir));
  const pruned = keep === undefined ? [] : repository.prune(name, { keep, maxAgeMs: null }, dryRun).removed;
  // In a dry run the channel has not moved, so what it is to point to counts as free.
  const removed = pruned.map((one) => one.version).filter((one) => one !== target.version);
  return { from: before, to: target.version, removed };
};

const inNpm: Move = async (given, context) => {
  const { name, version, channel } = given;
  const url = registryUrl(serverUrl(await npmRegistryOf(context, given.registry), 'registry'));
  const peer: Peer = { name: `the registry ${url.host}`, context, retries: given.retries };
  const registry = createNpmRegistry(peer, url, given);
  const known = await registry.package(name);
  if (known?.versions[version] === undefined) throw missing(name, version, peer.name);
  const from = known.tags[channel] ?? null;
  if (from !== version && !given['dry-run']) {
    await registry.setTag(name, channel, version);
    if ((await registry.package(name))?.tags[channel] !== version) {
      throw new AppError('service-failed', `${peer.name} took the tag ${channel}, but does not show it.`);
    }
  }
  return { from, to: version, removed: [] };
};

const inOci: Move = async (given, context) => {
  const { name, version, channel } = given;
  const reference = parseOciReference(name, 'name');
  if (!isTag(channel)) throw new AppError('usage', `\`channel\`: ${JSON.stringify(channel)} is no tag.`);
  const peer: Peer = {
    name: `the registry ${new URL(reference.origin).host}`,
    context,
    retries: given.retries,
  };
  const client = createOciClient(peer, reference, given);
  const target = await client.manifest(version);
  if (target === null) throw missing(name, version, peer.name);
  const from = (await client.manifest(channel))?.digest ?? null;
  if (from !== target.digest && !given['dry-run'])
    await client.putManifest(channel, target.bytes, target.mediaType);
  return { from, to: target.digest, removed: [] };
};

const MOVES: Readonly<Record<Settings['in'], Move>> = { repository: inRepository, npm: inNpm, oci: inOci };

const missing = (name: string, version: string, where: string): AppError =>
  new AppError('artifact-not-found', `There is no ${name} ${version} in ${where}.`, {
    hint: 'Publish it first.',
  });
