import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { KindContext, KindResult, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { requireTool } from '../tools/require-tool.ts';
import { wordSetting } from '../tools/setting-shapes.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { credentialSettings } from './http/credential.ts';
import type { Peer } from './http/peer.ts';
import { npmConfig } from './npm/npm-config.ts';
import { NPM } from './npm/npm-tool.ts';
import { npmRegistryOf } from './npm/registry-of.ts';
import { createNpmRegistry, type NpmRegistry, registryUrl } from './npm/registry.ts';
import { withPrivateFolder, writePrivate } from './private-folder.ts';
import { orRefused, publishSettings, serverUrl } from './settings.ts';

const settings = z.strictObject({
  package: z
    .string()
    .min(1)
    .default('.')
    .describe('The folder with the package.json, or a tarball that was packed before')
    .meta({ title: 'Package', examples: ['packages/api', 'dist/shop-1.4.0.tgz'] }),
  registry: z
    .string()
    .optional()
    .describe('The address of the registry; default: what npm is configured with')
    .meta({ title: 'Registry', examples: ['https://npm.example/'] }),
  tag: wordSetting
    .default('latest')
    .describe('The dist-tag under which people get it')
    .meta({ title: 'Tag', examples: ['next'] }),
  access: z
    .enum(['public', 'restricted'])
    .optional()
    .describe('Who may see a scoped package; default: what the registry has')
    .meta({ title: 'Access' }),
  ...credentialSettings,
  ...publishSettings,
});
type Settings = z.output<typeof settings>;

/** A package to a registry of npm packages. */
export const publishNpm = defineKind({
  id: 'publish.npm',
  title: 'Publish to npm',
  summary: 'Publishes a package to an npm registry and reads it back',
  docs: [
    'Packs the package, publishes it with the npm client, then reads the tarball back from the registry and compares its',
    'SHA-512. The credential stands in a configuration file of its own that only this user can read, outside of the',
    'workspace, and that is removed at the end; the scripts of the package do not get it.',
    '',
    'A version that is there with the same content is left as it is. Fails when it is there with other content: a version',
    'never changes. Could not judge when the registry refuses (401, 403) or fails to the last.',
  ].join('\n'),
  settings,
  example: { registry: '${{ env.NPM_REGISTRY }}', tag: 'next', token: '${{ secrets.NPM_TOKEN }}' },
  outputs: {
    name: 'Of the package',
    version: 'Of the package',
    integrity: 'Of the tarball, `sha512-…`',
    url: 'Of the tarball',
    published: '`false` when it was there already, or with `dry-run`',
  },
  tools: [NPM],
  worksOnFiles: true,
  run: (given, context) => orRefused(() => withPrivateFolder((dir) => publish(given, context, dir))),
});

async function publish(given: Settings, context: KindContext, dir: string): Promise<KindResult> {
  if (!context.runsHere) {
    throw new AppError(
      'usage',
      'publish.npm runs on this machine alone: its credential goes to no container.',
      {
        hint: 'Pack in the container with build.package, and publish the tarball in a stage without one.',
      },
    );
  }
  const url = registryUrl(serverUrl(await npmRegistryOf(context, given.registry), 'registry'));
  const npm = await requireTool(context, [NPM], 'publish a package');
  const packed = await pack(given, context, npm.command, dir);
  const { name, version, integrity } = packed;
  const peer: Peer = { name: `the registry ${url.host}`, context, retries: given.retries };
  const registry = createNpmRegistry(peer, url, given);
  const outputs = { name, version, integrity };

  const before = (await registry.package(name))?.versions[version];
  if (before !== undefined) {
    if ((before.integrity ?? (await registry.integrityOf(before.tarball))) !== integrity) {
      throw new AppError(
        'version-exists',
        `${name} ${version} is in the registry already, with other content.`,
        {
          hint: 'A version never changes: raise it in package.json, for instance with release.version.',
        },
      );
    }
    await context.say(`${name} ${version} is in ${peer.name} already, with the same content`);
    return { outcome: SUCCEEDED, outputs: { ...outputs, url: before.tarball, published: 'false' } };
  }
  if (given['dry-run']) {
    await context.say(`would publish ${name} ${version} (${integrity}) to ${url.href} as ${given.tag}`);
    return { outcome: SUCCEEDED, outputs: { ...outputs, url: '', published: 'false' } };
  }
  const command = [...npm.command, 'publish'] as const;
  const file = await writePrivate(dir, 'npmrc', npmConfig(url, given));
  await send({ given, context, peer, registry, command, file, packed, url });
  const stored = await storedVersion(registry, packed);
  if (stored === null || (await registry.integrityOf(stored.tarball)) !== integrity) {
    throw new AppError(
      'service-failed',
      `${peer.name} gives other content back for ${name} ${version} than it was sent.`,
    );
  }
  return { outcome: SUCCEEDED, outputs: { ...outputs, url: stored.tarball, published: 'true' } };
}

interface Packed {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  /** Absolute. */
  readonly tarball: string;
}

/** Packing is apart from publishing, so that the scripts of the package run without the credential. */
async function pack(
  given: Settings,
  context: KindContext,
  npm: readonly string[],
  dir: string,
): Promise<Packed> {
  const from = await workspacePath(context, given.package, 'package');
  const [file = '', ...rest] = npm;
  const ignoring = from.relative.endsWith('.tgz') ? ['--ignore-scripts'] : [];
  const argv: [string, ...string[]] = [
    ...([file, ...rest] as [string, ...string[]]),
    ...['pack', '--json', '--pack-destination', dir, ...ignoring, '--', from.seen],
  ];
  const exit = await context.exec({ argv, silent: 'stdout', without: Object.keys(context.secrets) });
  if (exit.outcome.type !== 'succeeded') throw npmFailed('pack the package', exit);
  const found = readPackOutput(exit.stdout);
  const bytes = await readFile(path.join(dir, found.filename));
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const { name, version, filename } = found;
  return { name, version, integrity, tarball: path.join(dir, filename) };
}

const packedSchema = z.object({ name: z.string(), version: z.string(), filename: z.string() });

/** What `npm pack --json` wrote; scripts of the package may have written before it. npm 12 writes an object by name. */
export function readPackOutput(stdout: string): z.infer<typeof packedSchema> {
  const starts = [...stdout.matchAll(/^[[{]/gm)].map(({ index }) => index);
  for (const start of starts.toReversed()) {
    try {
      const answer: unknown = JSON.parse(stdout.slice(start));
      const all: readonly unknown[] = Array.isArray(answer) ? answer : Object.values(answer as object);
      const first = all[0];
      const parsed = packedSchema.safeParse(first);
      if (parsed.success) {
        // A scope is a folder to no one here.
        return { ...parsed.data, filename: parsed.data.filename.replace(/^@/, '').replace('/', '-') };
      }
    } catch {
      // It began before that line.
    }
  }
  throw new AppError('kind-failed', 'npm packed the package, but did not say what it made.');
}

interface Sending {
  readonly given: Settings;
  readonly context: KindContext;
  readonly peer: Peer;
  readonly registry: NpmRegistry;
  readonly command: readonly [string, ...string[]];
  /** The configuration of npm. */
  readonly file: string;
  readonly packed: Packed;
  readonly url: URL;
}

const FIRST_DELAY_MS = 500;

/** Publishes; again while the server fails. One that was cut may have arrived all the same. */
async function send({ given, context, peer, registry, command, file, packed, url }: Sending): Promise<void> {
  const access = given.access === undefined ? [] : ['--access', given.access];
  const place = ['--userconfig', file, '--registry', url.href];
  const argv: [string, ...string[]] = [
    ...command,
    ...[...place, '--tag', given.tag, ...access, '--ignore-scripts', '--fetch-retries', '0'],
    ...['--', packed.tarball],
  ];
  for (let tries = 0; ; tries += 1) {
    const exit = await context.exec({ argv, without: Object.keys(context.secrets) });
    if (exit.outcome.type === 'succeeded' || (tries > 0 && (await storedVersion(registry, packed)) !== null))
      return;
    if (
      !/\bcode (E5\d\d|E429|ECONN\w*|ETIMEDOUT|EAI_AGAIN|EPIPE|ERR_SOCKET\w*|FETCH_ERROR|UND_\w+)/.test(
        exit.stderr,
      ) ||
      tries >= given.retries
    ) {
      throw refused(peer, packed, exit);
    }
    const delayMs = FIRST_DELAY_MS * 2 ** tries;
    await context.say(
      `${peer.name} failed; trying again in ${delayMs} ms (${tries + 1} of ${given.retries})`,
    );
    await setTimeout(delayMs, undefined, { signal: context.signal });
    if ((await storedVersion(registry, packed)) !== null) return;
  }
}

async function storedVersion(registry: NpmRegistry, { name, version }: Packed) {
  return (await registry.package(name))?.versions[version] ?? null;
}

function refused(peer: Peer, { name, version }: Packed, exit: ToolExit): AppError {
  const code = /\bcode E(\d{3}|NEEDAUTH|OTP)\b/.exec(exit.stderr)?.[1];
  const doing = `${peer.name} refused ${name} ${version}`;
  // npm itself looks, too, before it sends anything.
  if (
    /EPUBLISHCONFLICT|previously published|already (present|exists)|cannot publish over/i.test(exit.stderr)
  ) {
    return new AppError('version-exists', `${doing}: that version was published before.`, {
      hint: 'A version never changes, also not after it was removed: raise it in package.json.',
    });
  }
  switch (code) {
    case '401':
    case 'NEEDAUTH':
      return new AppError('service-failed', `${doing}: it does not know who publishes (401).`, {
        hint: 'Set `token`, or `username` and `password`, to a secret, and look whether it has expired.',
      });
    case 'OTP':
      return new AppError('service-failed', `${doing}: it asks for a one-time password.`, {
        hint: 'Use a token for automation.',
      });
    case '403':
      return new AppError('service-failed', `${doing}: whoever publishes may not (403).`, {
        hint: 'Use a credential of a maintainer of the package, or look at the name.',
      });
    case '409':
      return new AppError('service-failed', `${doing}: somebody publishes it at this moment (409).`);
    case undefined:
    default:
      return npmFailed(`publish ${name} ${version}`, exit);
  }
}

function npmFailed(doing: string, { stderr, exitCode }: ToolExit): AppError {
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const said = lines.find(
    (line) =>
      line !== '' && !line.startsWith('code ') && !/^npm (notice|warn)|complete log|debug-0/.test(line),
  );
  return new AppError(
    'service-failed',
    `npm could not ${doing}: ${said?.slice(0, 300) ?? `exit code ${exitCode ?? 'unknown'}`}.`,
  );
}
