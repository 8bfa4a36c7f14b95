import { existsSync, readFileSync } from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import Docker from 'dockerode';
import { AppError } from '#shared/lib/app-error.ts';
import { type DaemonAddress, formatDaemonAddress, seesLocalFiles } from './daemon-address.ts';
import { dialFailure, reasonOfFailure } from './docker-error.ts';
import { type DaemonSurroundings, findDaemon } from './find-daemon.ts';
import { createSshAgent } from './ssh-agent.ts';

/** A daemon that answered, and what is special about it. */
export interface DockerDaemon {
  readonly docker: Docker;
  /** For people. */
  readonly address: string;
  /** Folders of this machine can be mounted. */
  readonly seesLocalFiles: boolean;
  /** Its root is the user who runs it. */
  readonly isRootless: boolean;
  /** It maps users of containers to others of its machine. */
  readonly remapsUsers: boolean;
  readonly hasSelinux: boolean;
  /** It runs on the Linux that this process runs on, and not in a virtual machine beside it. */
  readonly isNative: boolean;
}

/**
 * Finds the daemon and asks it who it is.
 * @throws AppError `docker-unreachable` with one sentence that says where was looked, and the way out
 */
export async function connectDocker(
  surroundings: DaemonSurroundings = { env: process.env, platform: process.platform, home: os.homedir() },
): Promise<DockerDaemon> {
  const { addresses, namedBy } = findDaemon(surroundings);
  const failures: { readonly address: string; readonly error: unknown }[] = [];
  for (const address of addresses) {
    // Where one usually is, most of the places are empty.
    const isMissing = namedBy === null && surroundings.platform !== 'win32' && !isThere(address);
    if (isMissing) continue;
    try {
      return await ask(address, surroundings);
    } catch (error) {
      failures.push({ address: formatDaemonAddress(address), error });
    }
  }
  throw unreachable(failures, namedBy);
}

async function ask(address: DaemonAddress, { platform, env }: DaemonSurroundings): Promise<DockerDaemon> {
  const docker = open(address, env);
  const info = (await docker.info()) as {
    readonly SecurityOptions?: readonly string[] | null;
    readonly OperatingSystem?: string;
  };
  const options = (info.SecurityOptions ?? []).join(' ');
  const isDesktop = /docker desktop/i.test(info.OperatingSystem ?? '');
  return {
    docker,
    address: formatDaemonAddress(address),
    seesLocalFiles: seesLocalFiles(address),
    isRootless: options.includes('name=rootless'),
    remapsUsers: options.includes('name=userns'),
    hasSelinux: options.includes('name=selinux'),
    isNative: platform === 'linux' && seesLocalFiles(address) && !isDesktop,
  };
}

function open(address: DaemonAddress, env: NodeJS.ProcessEnv): Docker {
  // Each is said, also as undefined: what is left out dockerode takes from DOCKER_HOST, also when a context is meant.
  const base = { host: undefined, port: undefined, protocol: 'http', socketPath: undefined } as const;
  switch (address.type) {
    case 'socket':
      return new Docker({ ...base, ...NO_TLS, socketPath: address.path });
    case 'ssh': {
      const agent = createSshAgent(address, env);
      return new Docker({ ...base, ...NO_TLS, ...{ agent }, host: 'docker', port: 80 });
    }
    case 'tcp': {
      const { host, port, tls } = address;
      if (tls === null) return new Docker({ ...base, ...NO_TLS, host, port });
      const read = (name: string): Buffer | undefined => {
        const file = path.join(tls.dir, name);
        return existsSync(file) ? readFileSync(file) : undefined;
      };
      const files = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
      // The context says so: `docker context create … skip-tls-verify=true`.
      const trust = tls.mustVerify ? {} : { agent: new https.Agent({ rejectUnauthorized: false }) };
      return new Docker({ ...base, ...files, ...trust, protocol: 'https', host, port });
    }
  }
}

const NO_TLS = { ca: undefined, cert: undefined, key: undefined };

function isThere(address: DaemonAddress): boolean {
  return address.type !== 'socket' || existsSync(address.path);
}

function unreachable(
  failures: readonly { readonly address: string; readonly error: unknown }[],
  namedBy: string | null,
): AppError {
  const first = failures[0];
  if (first === undefined)
    return new AppError(
      'docker-unreachable',
      'Docker is not running here: no socket of Docker or Podman was found.',
      { hint: 'Start Docker (or Podman), or name another daemon in DOCKER_HOST or a Docker context.' },
    );
  const named = namedBy === null ? '' : `, which ${namedBy} names,`;
  const { reason, hint } = dialFailure(first.error);
  return new AppError(
    'docker-unreachable',
    `Docker at ${first.address}${named} cannot be reached: ${reason}.`,
    { hint, cause: first.error, details: { reason: reasonOfFailure(first.error) } },
  );
}
