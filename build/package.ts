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

const result = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/electron-builder/cli.js'),
    '--config',
    path.join(root, 'electron-builder.yml'),
    '--publish',
    'never',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = result.status ?? 1;
