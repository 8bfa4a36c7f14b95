// Type-checks each environment with its own tsconfig; prints what failed and exits 1.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
const wanted = process.argv.slice(2);
const environments = wanted.length > 0 ? wanted : ['shared', 'main', 'preload', 'renderer', 'build', 'test'];
let failed = false;
for (const environment of environments) {
  const result = spawnSync(process.execPath, [tsc, '-p', path.join(root, environment), '--pretty', 'false'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (result.status !== 0) failed = true;
}
process.exitCode = failed ? 1 : 0;
