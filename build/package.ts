// `npm run package -- --linux dir`: builds, then packs with electron-builder; all words go through to it.
// Without network give it an unpacked Electron: `-c.electronDist=DIR -c.electronVersion=V` (formats other than `dir` fetch their tools).
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt } from './ensure-built.ts';

const root = path.resolve(import.meta.dirname, '..');

try {
  await ensureBuilt();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

const words = process.argv.slice(2);

/** The first Electron whose Node can run the host. An older one is given for tests only, with `PIPEWRIGHT_HOST_NODE`. */
const HOST_RUNS_SINCE = 35;
const givenVersion = words.map((word) => /^-c\.electronVersion=(\d+)/.exec(word)?.[1]).find(Boolean);
const options =
  givenVersion !== undefined && Number(givenVersion) < HOST_RUNS_SINCE
    ? // A Node outside of Electron reads no archive.
      ['-c.asarUnpack=out/main/**']
    : // What `file:` pages may do; old Electrons have no such fuse and refuse the word.
      ['-c.electronFuses.grantFileProtocolExtraPrivileges=false'];

const result = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/electron-builder/cli.js'),
    '--config',
    path.join(root, 'electron-builder.yml'),
    '--publish',
    'never',
    ...options,
    ...words,
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = result.status ?? 1;
