import { existsSync } from 'node:fs';
import path from 'node:path';
import type { MessagePortMain } from 'electron';
import type { StartHost } from './host-process.ts';
import { forkedHost } from './start-forked-host.ts';
import { utilityHost } from './start-utility-host.ts';

export interface HostPlace {
  /** The folder with the application's `out/`; in a package the archive. */
  readonly appDir: string;
  /** Where the package keeps files beside the archive; null when run from source. */
  readonly resourcesDir: string | null;
  /** Null for the host's default. */
  readonly dataDir: string | null;
  /** An executable of Node to use instead of Electron's utility process. */
  readonly hostNode: string | undefined;
}

/** How hosts are started here. */
export function createHost(place: HostPlace): StartHost<MessagePortMain> {
  const template =
    place.resourcesDir === null
      ? path.join(place.appDir, 'test/fixtures/sample-project')
      : path.join(place.resourcesDir, 'sample-project');
  const args = ['--mode', 'desktop', '--template', template];
  if (place.dataDir !== null) args.push('--data', place.dataDir);
  const hostFile = path.join(place.appDir, 'out/main/host.cjs');
  if (place.hostNode === undefined || place.hostNode === '') return utilityHost(hostFile, args);
  return forkedHost(place.hostNode, readableOutsideElectron(hostFile), args);
}

/** Node of its own cannot read an archive; a package made for that has its files beside it. */
function readableOutsideElectron(file: string): string {
  const unpacked = file.replace(`.asar${path.sep}`, `.asar.unpacked${path.sep}`);
  return existsSync(unpacked) ? unpacked : file;
}
