import { z } from 'zod';
import type { PushWish } from '#main/engine/image-ports.ts';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import type { KindServices } from '../services.ts';
import { counted } from '../tools/counted.ts';
import { wordSetting } from '../tools/setting-shapes.ts';
import { again, Passing } from './http/peer.ts';
import { credentialSettings } from './http/credential.ts';
import { parseOciReference } from './oci/reference.ts';
import { orRefused, publishSettings } from './settings.ts';

const settings = z.strictObject({
  image: wordSetting
    .describe('The image on this machine: its name or its id')
    .meta({ title: 'Image', examples: ['shop:ci', '${{ needs.image.outputs.id }}'] }),
  to: wordSetting
    .describe('Where to: registry, repository and tag')
    .meta({ title: 'To', examples: ['registry.example/team/shop:1.4.0'] }),
  tags: z
    .array(z.string().regex(/^\w[\w.-]{0,127}$/))
    .default([])
    .describe('Further tags')
    .meta({ title: 'Further tags', examples: [['latest']] }),
  immutable: z
    .boolean()
    .default(true)
    .describe('Whether a tag that has another image is refused; else it is moved')
    .meta({ title: 'Tags never move' }),
  ...credentialSettings,
  ...publishSettings,
});
type Settings = z.output<typeof settings>;

/** An image to a registry. */
export const publishImage = defineKind({
  id: 'publish.image',
  title: 'Push an image',
  summary: 'Pushes an image of this machine to a registry',
  docs: [
    'Tags and pushes an image with the container engine of this machine, then asks the registry what it has, and compares the',
    'digests. Layers that are there are not sent again. Without `username` the credential of your own Docker configuration is',
    'used. Registries without TLS are up to the engine: those of this machine it takes, others must be allowed in its',
    'configuration.',
    '',
    'Fails when a tag has another image already (unless `immutable: false`); with a further tag that moves, such as `latest`,',
    'use `release.channel`. Could not judge when the image is not there, or the registry refuses or fails to the last.',
  ].join('\n'),
  settings,
  example: {
    image: 'pipewright-test/pushed:1',
    to: '${{ env.REGISTRY }}/team/shop:1.4.0',
    username: 'ci',
    password: '${{ secrets.REGISTRY_PASSWORD }}',
  },
  outputs: {
    digest: 'Of the manifest, `sha256:…`',
    reference: '`host/repository@sha256:…`, which never means anything else',
    published: '`false` when it was there already, or with `dry-run`',
  },
  run: (given, context, services) => orRefused(() => push(given, context, services)),
});

async function push(
  given: Settings,
  context: KindContext,
  { imagePushes }: KindServices,
): Promise<KindResult> {
  const { tag, name } = parseOciReference(given.to, 'to');
  if (tag === null) {
    throw new AppError('usage', `\`to\`: ${given.to} has no tag.`, { hint: `Write it as ${name}:1.0.0.` });
  }
  const { image } = given;
  const peer = { name: `the registry of ${name}`, context, retries: given.retries };
  const wishOf = (one: string): PushWish => ({
    image,
    to: `${name}:${one}`,
    credential: credentialOf(given),
  });
  let digest = '';
  let sentAny = false;
  for (const one of counted(context, [tag, ...given.tags], (to) => `pushing ${name}:${to}`)) {
    const wish = wishOf(one);
    const { there, knownDigests } = await imagePushes.look(wish, context.signal);
    if (there !== null && knownDigests.includes(there)) {
      await context.say(`${wish.to} is there already, as ${there}`);
      digest = there;
      continue;
    }
    if (there !== null && given.immutable) {
      throw new AppError('version-exists', `${wish.to} is there already, with another image (${there}).`, {
        hint: 'Push it under another tag, or set `immutable: false` to move the tag.',
      });
    }
    if (given['dry-run']) {
      await context.say(`would push ${image} as ${wish.to}`);
      continue;
    }
    digest = await again(peer, () => pushOnce(imagePushes, wish, context));
    sentAny = true;
    await context.say(`pushed ${wish.to} as ${digest}`);
  }
  const reference = digest === '' ? '' : `${name}@${digest}`;
  return { outcome: SUCCEEDED, outputs: { digest, reference, published: String(sentAny) } };
}

async function pushOnce(
  pushes: KindServices['imagePushes'],
  wish: PushWish,
  context: KindContext,
): Promise<string> {
  const { sent, there } = await pushes
    .push(wish, (line) => context.say(line), context.signal)
    .catch(asPassing);
  if (sent !== null && sent === there) return sent;
  throw new AppError(
    'service-failed',
    `The registry has another image than was pushed as ${wish.to}: ${there ?? 'none that it shows'}, not ${sent ?? 'what the engine sent'}.`,
  );
}

/** What a registry fails at may pass; who is not let in is not let in the next time either. */
function asPassing(error: unknown): never {
  const isRefusal =
    error instanceof AppError && (error.code !== 'service-failed' || error.details['status'] === 401);
  if (!(error instanceof AppError) || isRefusal) throw error;
  throw new Passing(error.message.replace(/\.$/, ''));
}

function credentialOf({ username, password, token }: Settings): PushWish['credential'] {
  if (username === '' && token === '') return null;
  return token === ''
    ? { username, password }
    : { username: username === '' ? 'token' : username, password: token };
}
