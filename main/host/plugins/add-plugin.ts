import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { fetchContent, packPackage } from '#main/plugins/fetch-content.ts';
import { readPluginLock, writePluginLock } from '#main/plugins/lock-file.ts';
import { createPluginContents } from '#main/plugins/plugin-contents.ts';
import { readManifest } from '#main/plugins/read-manifest.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import type { LockedPlugin, PluginSource } from '#shared/plugins/lock.ts';
import { pluginNameSchema } from '#shared/plugins/manifest.ts';

/** What a person asks for; what it comes to is pinned. */
export interface PluginWish {
  readonly name: string;
  /** `./ci/greet`, `git+https://…#v1`, `npm:@acme/greet@1.2.3`, `docker://image:tag`. */
  readonly source: string;
  /** In a repository. */
  readonly path?: string;
  readonly network: boolean;
  /** Names of inputs. */
  readonly secrets: readonly string[];
}

/**
 * Fetches a plugin and says what would be locked; nothing is changed in the project.
 * @throws AppError `usage`, `plugin-failed`, `plugin-invalid`, `path-outside`
 */
export async function lookAtPlugin(
  dataDir: string,
  projectDir: string,
  wish: PluginWish,
  signal?: AbortSignal,
): Promise<LockedPlugin> {
  const name = pluginNameSchema.safeParse(wish.name);
  if (!name.success)
    throw new AppError(
      'usage',
      `${wish.name} is no name of a plugin: it ${name.error.issues[0]?.message ?? ''}.`,
    );
  const source = await pinSource(wish, signal);
  const permissions = { network: wish.network, secrets: [...new Set(wish.secrets)].sort() };
  if ('image' in source) return { source, digest: source.image, manifest: null, permissions };
  const { dir, digest } = await fetchContent(source, dataDir, projectDir, signal);
  const manifest = await readManifest(dir);
  const unknown = permissions.secrets.find((input) => manifest.inputs[input] === undefined);
  if (unknown !== undefined) {
    throw new AppError('usage', `${wish.name} has no input ${unknown} that could hold a secret.`, {
      hint: `Its inputs are: ${Object.keys(manifest.inputs).join(', ') || 'none'}.`,
    });
  }
  return { source, digest, manifest, permissions };
}

/** Writes a plugin into the project's lock file, in place of one of that name. */
export function lockPlugin(projectDir: string, name: string, plugin: LockedPlugin): void {
  const { plugins } = readPluginLock(projectDir);
  writePluginLock(projectDir, { version: 1, plugins: { ...plugins, [name]: plugin } });
}

/** @throws AppError `usage` when there is none of that name */
export function unlockPlugin(projectDir: string, name: string): void {
  const { plugins } = readPluginLock(projectDir);
  if (plugins[name] === undefined) throw noPlugin(name, Object.keys(plugins));
  const rest = Object.entries(plugins).filter(([other]) => other !== name);
  writePluginLock(projectDir, { version: 1, plugins: Object.fromEntries(rest) });
}

export interface PluginCheck {
  readonly name: string;
  /** Null: it is what was locked. */
  readonly problem: string | null;
}

/** Looks whether each plugin, or one, can be had and is what was locked. */
export async function verifyPlugins(
  dataDir: string,
  projectDir: string,
  only: string | undefined,
  signal: AbortSignal,
): Promise<readonly PluginCheck[]> {
  const { plugins } = readPluginLock(projectDir);
  if (only !== undefined && plugins[only] === undefined) throw noPlugin(only, Object.keys(plugins));
  const contents = createPluginContents(dataDir);
  const checks: PluginCheck[] = [];
  for (const [name, plugin] of Object.entries(plugins)) {
    if (only !== undefined && name !== only) continue;
    if ('image' in plugin.source) {
      checks.push({ name, problem: null });
      continue;
    }
    try {
      await contents.open(projectDir, name, plugin, signal);
      checks.push({ name, problem: null });
    } catch (error) {
      const { message, hint } = toAppError(error, 'plugin-failed');
      checks.push({ name, problem: hint === null ? message : `${message} ${hint}` });
    }
  }
  return checks;
}

const noPlugin = (name: string, known: readonly string[]): AppError =>
  new AppError('usage', `There is no plugin ${name} in this project.`, {
    hint: known.length === 0 ? 'None was added yet.' : `There are: ${known.join(', ')}.`,
  });

/** What people write becomes what is the same everywhere. */
async function pinSource({ source, path: below }: PluginWish, signal?: AbortSignal): Promise<PluginSource> {
  if (source.startsWith('docker://')) return { image: source.slice('docker://'.length) };
  if (source.startsWith('npm:')) return pinPackage(source.slice('npm:'.length), signal);
  if (source.startsWith('git+') || source.startsWith('git@') || source.endsWith('.git')) {
    const [address = '', ref = 'HEAD'] = source.replace(/^git\+/, '').split('#');
    const commit = await resolveCommit(address, ref, signal);
    return { git: address, commit, ...(below !== undefined && { path: below }) };
  }
  return { folder: source.replaceAll('\\', '/').replace(/^\.\//, '') };
}

async function pinPackage(spec: string, signal?: AbortSignal): Promise<PluginSource> {
  const at = spec.lastIndexOf('@');
  const name = at > 0 ? spec.slice(0, at) : spec;
  const dir = await mkdtemp(path.join(os.tmpdir(), 'pipewright-plugin-'));
  try {
    const { version, integrity } = await packPackage(
      name,
      at > 0 ? spec.slice(at + 1) : 'latest',
      dir,
      signal,
    );
    return { npm: name, version, integrity };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function resolveCommit(address: string, ref: string, signal?: AbortSignal): Promise<string> {
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(ref)) return ref;
  const patterns =
    ref === 'HEAD' ? ['HEAD'] : [`refs/tags/${ref}^{}`, `refs/tags/${ref}`, `refs/heads/${ref}`];
  const result = await execa('git', ['ls-remote', '--', address, ...patterns], {
    reject: false,
    stdin: 'ignore',
    env: { GIT_TERMINAL_PROMPT: '0' },
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (result.exitCode !== 0) {
    throw new AppError(
      'plugin-failed',
      `git could not read ${address}: ${result.stderr.trim().split('\n').at(-1) ?? ''}.`,
      {
        hint: 'Look at the address and at your access to it.',
      },
    );
  }
  const lines = result.stdout.split('\n').map((line) => line.split('\t'));
  for (const pattern of patterns) {
    const found = lines.find(([, name]) => name === pattern);
    if (found?.[0] !== undefined) return found[0];
  }
  throw new AppError('plugin-failed', `${address} has no branch or tag ${ref}.`, {
    hint: 'Name a branch, a tag or a whole commit behind `#`.',
  });
}
