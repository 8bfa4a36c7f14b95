import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { type DaemonAddress, type DaemonTls, parseDaemonAddress } from './daemon-address.ts';

/** Where this process runs, as far as it decides which daemon is meant. */
export interface DaemonSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The user's home, absolute. */
  readonly home: string;
}

/** The daemons to try, in this order, and who named them. */
export interface DaemonChoice {
  readonly addresses: readonly DaemonAddress[];
  /** Null: nobody, these are the places where one usually is. */
  readonly namedBy: string | null;
}

/**
 * Which daemon is meant: `DOCKER_HOST`, else the context of `DOCKER_CONTEXT` or of the user's Docker config, else the
 * sockets of Docker Engine, Docker Desktop and Podman, rootless ones too.
 * @throws AppError `docker-unreachable` when a context is named that is not there
 */
export function findDaemon(surroundings: DaemonSurroundings): DaemonChoice {
  const { env } = surroundings;
  const configDir = dockerConfigDir(surroundings);
  const host = env['DOCKER_HOST'];
  if (host !== undefined && host !== '') {
    const isTls = (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
    const tls = isTls ? { dir: env['DOCKER_CERT_PATH'] ?? configDir, mustVerify: true } : null;
    return { addresses: [parseDaemonAddress(host, tls)], namedBy: 'DOCKER_HOST' };
  }
  const context = env['DOCKER_CONTEXT'] ?? currentContext(configDir);
  if (context !== undefined && context !== '' && context !== 'default')
    return { addresses: [readContext(configDir, context)], namedBy: `the Docker context ${context}` };
  return { addresses: usualSockets(surroundings), namedBy: null };
}

/** The user's Docker configuration: contexts and credentials. */
export function dockerConfigDir({ env, home }: Pick<DaemonSurroundings, 'env' | 'home'>): string {
  return env['DOCKER_CONFIG'] ?? path.join(home, '.docker');
}

function currentContext(configDir: string): string | undefined {
  const config = readJson(path.join(configDir, 'config.json'));
  return typeof config?.['currentContext'] === 'string' ? config['currentContext'] : undefined;
}

function readContext(configDir: string, name: string): DaemonAddress {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = readJson(path.join(configDir, 'contexts', 'meta', id, 'meta.json'));
  const endpoint = recordOf(recordOf(meta?.['Endpoints'])?.['docker']);
  if (typeof endpoint?.['Host'] !== 'string')
    throw new AppError('docker-unreachable', `There is no Docker context ${name}.`, {
      hint: 'See `docker context ls`, and choose one with `docker context use NAME` or DOCKER_CONTEXT.',
    });
  const dir = path.join(configDir, 'contexts', 'tls', id, 'docker');
  const mustVerify = endpoint['SkipTLSVerify'] !== true;
  const tls: DaemonTls | null = existsSync(dir) || !mustVerify ? { dir, mustVerify } : null;
  return parseDaemonAddress(endpoint['Host'], tls);
}

function usualSockets({ env, platform, home }: DaemonSurroundings): readonly DaemonAddress[] {
  const paths =
    platform === 'win32'
      ? ['docker_engine', 'dockerDesktopLinuxEngine', 'podman-machine-default'].map(
          (name) => `//./pipe/${name}`,
        )
      : unixSockets(env['XDG_RUNTIME_DIR'], home);
  return paths.map((socket) => ({ type: 'socket', path: socket }));
}

function unixSockets(runtimeDir: string | undefined, home: string): readonly string[] {
  const ofUser = runtimeDir === undefined ? [] : [runtimeDir];
  return [
    '/var/run/docker.sock',
    ...ofUser.map((dir) => path.posix.join(dir, 'docker.sock')),
    ...['.docker/run/docker.sock', '.docker/desktop/docker.sock'].map((name) => path.posix.join(home, name)),
    ...['.colima/default/docker.sock', '.orbstack/run/docker.sock', '.rd/docker.sock'].map((name) =>
      path.posix.join(home, name),
    ),
    ...ofUser.map((dir) => path.posix.join(dir, 'podman/podman.sock')),
    path.posix.join(home, '.local/share/containers/podman/machine/podman.sock'),
    '/run/podman/podman.sock',
  ];
}

/** What a file of the user's Docker config says; null when it is not there or cannot be read. */
export function readJson(file: string): Readonly<Record<string, unknown>> | null {
  try {
    return recordOf(JSON.parse(readFileSync(file, 'utf8'))) ?? null;
  } catch {
    // Docker's own tools go on without it, too.
    return null;
  }
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
