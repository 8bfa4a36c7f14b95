// Prints one JSON line per figure and a table at the end; exits 1 when a figure breaks its limit.
// `npm run bench -- engine logs` runs only the named groups.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { benchArtifacts } from './artifacts.ts';
import { benchCache } from './cache.ts';
import { benchCommandLine } from './command-line.ts';
import { benchDocker } from './docker.ts';
import { benchEditor } from './editor.ts';
import { benchEdits } from './edits.ts';
import { benchEngine } from './engine.ts';
import { benchEngineProcess } from './engine-process.ts';
import { benchCrash } from './crash.ts';
import { type Figure, keepsLimit } from './figure.ts';
import { benchInspectorWindow } from './inspector-window.ts';
import { benchInspectors } from './inspectors.ts';
import { benchLogs } from './log-throughput.ts';
import { benchMasking } from './masking.ts';
import { benchSsh } from './ssh.ts';
import { benchReports } from './reports.ts';
import { benchScheduling } from './scheduling.ts';
import { benchUnchanged } from './unchanged.ts';
import { benchUsage } from './usage.ts';
import { benchWindow } from './window.ts';

const groups: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  engine: benchEngine,
  'command-line': benchEngineProcess,
  scheduling: benchScheduling,
  crash: benchCrash,
  logs: benchLogs,
  masking: benchMasking,
  cache: benchCache,
  artifacts: benchArtifacts,
  unchanged: benchUnchanged,
  ssh: benchSsh,
  usage: benchUsage,
  docker: benchDocker,
  reports: benchReports,
  edits: benchEdits,
  editor: benchEditor,
  inspectors: benchInspectors,
  cli: benchCommandLine,
  window: benchWindow,
  'inspector-window': benchInspectorWindow,
};

const root = path.resolve(import.meta.dirname, '../..');
const build = spawnSync(process.execPath, [path.join(root, 'build/ensure-built.ts')], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

const wanted = process.argv.slice(2);
const all: Figure[] = [];
for (const [name, measure] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const figure of await measure()) {
    all.push(figure);
    console.log(JSON.stringify({ ...figure, ok: keepsLimit(figure) }));
  }
}
const broken = all.filter((figure) => !keepsLimit(figure));
console.error(
  broken.length === 0
    ? `All ${all.length} figures keep their limits.`
    : `Over the limit: ${broken.map(({ name }) => name).join(', ')}`,
);
process.exitCode = broken.length === 0 ? 0 : 1;
