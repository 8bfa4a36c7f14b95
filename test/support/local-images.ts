import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** All that busybox can do. */
export const SHELL_IMAGE = 'pipewright-test/shell:1';
/** Node and Git of this machine, with what scripts use beside them. */
export const NODE_IMAGE = `pipewright-test/node:${process.versions.node}`;

/** What `SHELL_IMAGE` has, and a port that it names. */
export const SERVER_IMAGE = 'pipewright-test/server:1';

/** Static in Debian's busybox-static, so that an image needs no libraries. */
export const BUSYBOX = '/bin/busybox';

/** Makes `SHELL_IMAGE` out of this machine's static busybox: no registry is asked. */
export function makeShellImage(): void {
  makeImage(SHELL_IMAGE, addBusybox);
}

/** Makes `SERVER_IMAGE` likewise. */
export function makeServerImage(): void {
  makeImage(SERVER_IMAGE, addBusybox, 'EXPOSE 80');
}

/** Makes `NODE_IMAGE` out of this machine's own programs and the libraries that they load. */
export function makeNodeImage(): void {
  makeImage(NODE_IMAGE, (root) => {
    addBusybox(root);
    for (const program of ['git', 'bash']) addProgram(root, which(program), `usr/bin/${program}`);
    addProgram(root, realpathSync(process.execPath), 'usr/bin/node');
  });
}

/** Unless it is there: making it again would leave an image without a name behind. */
function makeImage(image: string, fill: (root: string) => void, ...changes: readonly string[]): void {
  if (spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore' }).status === 0) return;
  const root = mkdtempSync(path.join(os.tmpdir(), 'pipewright-image-'));
  try {
    for (const folder of ['bin', 'usr/bin', 'etc', 'root', 'proc', 'sys', 'dev'])
      mkdirSync(path.join(root, folder), { recursive: true });
    mkdirSync(path.join(root, 'tmp'));
    execFileSync('chmod', ['1777', path.join(root, 'tmp')]);
    writeFileSync(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
    fill(root);
    // A pipe between the two: Node need not hold an image in its memory.
    const script = 'root=$1; image=$2; shift 2; tar -C "$root" -c . | docker import "$@" - "$image"';
    const options = ['ENV PATH=/usr/bin:/bin', ...changes].map((change) => `--change=${change}`);
    execFileSync('sh', ['-c', script, 'sh', root, image, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function addBusybox(root: string): void {
  copyFileSync(BUSYBOX, path.join(root, 'bin/busybox'));
  const applets = execFileSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  for (const applet of applets.filter((name) => name !== 'busybox'))
    symlinkSync('busybox', path.join(root, 'bin', applet));
}

function addProgram(root: string, file: string, as: string): void {
  copyFileSync(file, path.join(root, as));
  const listed = execFileSync('sh', ['-c', 'ldd "$1"', 'sh', file], { encoding: 'utf8' });
  for (const [library] of listed.matchAll(/\/\S+/g)) {
    const target = path.join(root, library);
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(realpathSync(library), target);
  }
}

function which(program: string): string {
  const found = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
  return realpathSync(found);
}
