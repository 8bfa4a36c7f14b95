// `npm run -s pipewright -- ARGS`: builds if needed, then runs the command line in this process.
// Plain JavaScript without libraries, so that an old Node reads it far enough to say that it is too old.
import { spawnSync } from 'node:child_process';
import module from 'node:module';
import path from 'node:path';
import { isBuilt } from './fingerprint.mjs';

const root = path.resolve(import.meta.dirname ?? '.', '..');
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `Pipewright needs Node 22.12 or newer and this is ${process.versions.node}; use "npm run -s pipewright --", which brings its own.\n`,
  );
  process.exit(2);
}

// npm moves to the package's folder first; what the person typed is meant from where they stand.
if (process.env.npm_lifecycle_event === 'pipewright' && process.env.INIT_CWD !== undefined) {
  process.chdir(process.env.INIT_CWD);
}

if (!isBuilt(root)) {
  // In a process of its own: the bundler changes the environment, which stages would inherit. Its words go to stderr.
  const build = spawnSync(process.execPath, [path.join(root, 'build/ensure-built.ts')], {
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) process.exit(4);
}

module.enableCompileCache();
module.createRequire(import.meta.url)('../out/main/cli.cjs');
