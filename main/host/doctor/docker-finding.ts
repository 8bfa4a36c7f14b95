import os from 'node:os';
import { toAppError } from '#shared/lib/app-error.ts';
import { type Finding, MACHINE_GROUP } from './finding.ts';

const ABOUT = {
  name: 'docker',
  group: MACHINE_GROUP,
  neededFor: 'stages and services in containers',
} as const;
/** A daemon far away may be slow; one that has not answered by then helps no stage either. */
const ANSWER_MS = 10_000;

/** What an engine says of itself, as far as it is shown. Podman leaves parts out. */
interface EngineFacts {
  readonly ServerVersion?: string;
  readonly Driver?: string;
  readonly OperatingSystem?: string;
}

/** The container engine that stages would use: it is asked as for a stage. Never rejects. */
export async function dockerFinding(env: NodeJS.ProcessEnv = process.env): Promise<Finding> {
  try {
    const { connectDocker } = await import('#main/executors/docker/docker-client.ts');
    const daemon = await answered(connectDocker({ env, platform: process.platform, home: os.homedir() }));
    const facts = (await answered(daemon.docker.info())) as EngineFacts;
    const { ServerVersion = '', Driver, OperatingSystem } = facts;
    // Without what distributions put behind it.
    const version = /^\d+(\.\d+)+/.exec(ServerVersion)?.[0] ?? null;
    const parts = [
      `at ${daemon.address}`,
      daemon.isNative ? null : (OperatingSystem ?? null),
      daemon.isRootless ? 'rootless' : null,
      daemon.remapsUsers ? 'maps users' : null,
      Driver === undefined ? null : `${Driver} storage`,
    ];
    const detail = parts.filter((part) => part !== null).join(', ');
    return { ...ABOUT, status: 'ok', version, detail, hint: null };
  } catch (error) {
    const { message, hint } = toAppError(error, 'docker-unreachable');
    const sentences = hint === null ? message : `${message} ${hint}`;
    return { ...ABOUT, status: 'missing', version: null, detail: null, hint: sentences };
  }
}

async function answered<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Docker did not answer within 10 seconds.')), ANSWER_MS);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
