// `npm run demo`: makes the sample project, runs its pipeline in the terminal, and says how to look at what came out.
import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createSampleProject } from '#main/vcs/sample-project.ts';
import { ensureBuilt } from './ensure-built.ts';

const root = path.resolve(import.meta.dirname, '..');

async function main(): Promise<number> {
  await ensureBuilt();
  const dir = await mkdtemp(path.join(tmpdir(), 'pipewright-demo-'));
  const project = path.join(dir, 'sample-project');
  const data = path.join(dir, 'data');
  await createSampleProject({
    templateDir: path.join(root, 'test/fixtures/sample-project'),
    targetDir: project,
  });
  const cli = path.join(root, 'out/main/cli.cjs');
  const run = spawnSync(
    process.execPath,
    [cli, '--project', project, '--data', data, 'run', ...process.argv.slice(2)],
    {
      cwd: project,
      stdio: 'inherit',
    },
  );
  const command = (words: string): string => `  npm run -s pipewright -- --data ${data} ${words}`;
  console.error(
    [
      '',
      'The project and everything that came out of the run stay where they are until you remove them:',
      `  ${dir}`,
      'Look at them in the browser, or here:',
      command('serve --open'),
      command('runs list'),
    ].join('\n'),
  );
  return run.status ?? 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
