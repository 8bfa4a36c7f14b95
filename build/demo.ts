// `npm run demo`: makes the sample project, runs its pipeline in the terminal, and says how to look at what came out.
// It uses the data folder that the app uses, so that the run also stands in the app's history.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { resolveDataDir } from '#main/host/data-dir.ts';
import { createSampleProject } from '#main/vcs/sample-project.ts';
import { ensureBuilt } from './ensure-built.ts';

const root = path.resolve(import.meta.dirname, '..');

async function main(): Promise<number> {
  await ensureBuilt();
  const dataDir = await resolveDataDir(undefined, process.env);
  const project = await createSampleProject({
    templateDir: path.join(root, 'test/fixtures/sample-project'),
    targetDir: path.join(dataDir, 'sample-project'),
  });
  const cli = path.join(root, 'out/main/cli.cjs');
  const args = ['--project', project, '--data', dataDir, 'run', ...process.argv.slice(2)];
  const run = spawnSync(process.execPath, [cli, ...args], { cwd: project, stdio: 'inherit' });
  const commands = ['runs show latest', 'artifacts list latest', 'reports latest', 'serve --open'];
  console.error(
    ['', 'Look at what came out:', ...commands.map((words) => `  npm run -s pipewright -- ${words}`)].join(
      '\n',
    ),
  );
  return run.status ?? 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
