import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext, KindResult, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { metric, metricsForm } from '../tools/forms.ts';
import { isMissingFile } from '../tools/missing-file.ts';
import { requireTool } from '../tools/require-tool.ts';
import { failed } from '../tools/verdict.ts';
import { countPackages } from './install/count-packages.ts';
import { faultOf } from './install/explain-failure.ts';
import { MANAGERS, type PackageManager } from './install/managers.ts';

const NAMES = MANAGERS.map(({ name }) => name);

const settingsSchema = z.strictObject({
  manager: z
    .enum(['auto', ...NAMES])
    .default('auto')
    .describe('Which package manager; `auto` goes by the lock file in the folder')
    .meta({ title: 'Manager' }),
  frozen: z
    .boolean()
    .default(true)
    .describe('The lock file decides, and an installation that would change it fails')
    .meta({ title: 'Frozen' }),
  production: z
    .boolean()
    .default(false)
    .describe('Leaves out what is for development alone')
    .meta({ title: 'Production' }),
  scripts: z
    .boolean()
    .default(true)
    .describe('Packages may run their own scripts while they are installed')
    .meta({ title: 'Scripts of packages' }),
  offline: z
    .boolean()
    .default(false)
    .describe("Takes only what is in the manager's own cache")
    .meta({ title: 'Offline' }),
});
type Settings = z.output<typeof settingsSchema>;

/** Installs what the lock file says. */
export const depsInstall = defineKind({
  id: 'deps.install',
  title: 'Install dependencies',
  summary: 'Installs the dependencies that the lock file names, and nothing else',
  docs: [
    'Finds the lock file in the folder of the stage and installs with its manager so that nothing but the locked versions comes:',
    '',
    '| lock file | command |',
    '| --- | --- |',
    '| `package-lock.json`, `npm-shrinkwrap.json` | `npm ci` |',
    '| `pnpm-lock.yaml` | `pnpm install --frozen-lockfile` |',
    '| `yarn.lock` | `yarn install --frozen-lockfile`, or `--immutable` |',
    '| `bun.lock` | `bun install --frozen-lockfile` |',
    '| `uv.lock`, `poetry.lock` | `uv sync --locked`, `poetry install` |',
    '| `requirements.txt` | `pip install --require-hashes` into `.venv` |',
    '| `Cargo.lock` | `cargo fetch --locked` |',
    '| `go.sum` | `go mod download`, `go mod verify` |',
    '| `composer.lock`, `Gemfile.lock` | `composer install`, `bundle install` |',
    '| none, with `pom.xml` | `mvn dependency:resolve` |',
    '',
    'A manifest that the lock file does not fit, and a package whose content does not have the hash of the lock file, fail the',
    'stage with a sentence that says so; a registry that cannot be reached is an infrastructure error.',
  ].join('\n'),
  settings: settingsSchema,
  example: { manager: 'auto', frozen: true },
  outputs: {
    manager: 'Which package manager it was',
    'lock-file': 'Its lock file; empty without one',
    'lock-hash': 'SHA-256 of the lock file, for keys of caches',
    packages: 'How many packages the lock file names; empty when it cannot be told',
  },
  reports: ['metrics'],
  tools: MANAGERS.map(({ tool }) => tool),
  worksOnFiles: true,
  preview: ({ manager, frozen }) =>
    manager === 'auto' ? (frozen ? 'npm ci' : 'npm install') : commandLine(manager, frozen),
  run,
});

function commandLine(name: string, frozen: boolean): string {
  const manager = MANAGERS.find((one) => one.name === name);
  const wish = { frozen, production: false, scripts: true, offline: false, lock: '' };
  const commands = manager?.commands(wish) ?? [];
  return commands.map(({ args }) => `${manager?.tool.bins[0] ?? name} ${args.join(' ')}`).join(' && ');
}

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  const { manager, lockFile } = await pickManager(context, settings.manager);
  const read = async (): Promise<string> =>
    lockFile === null ? '' : readFile(path.join(context.cwd, lockFile), 'utf8');
  const lock = await read();
  if (lockFile === null && settings.frozen && manager.locks.length > 0) {
    const outcome = failed(
      `There is no ${manager.locks.at(-1) ?? 'lock file'}, so ${manager.name} could install anything. Commit one, or set \`frozen: false\`.`,
    );
    return { outcome };
  }
  const found = await requireTool(context, [manager.tool], 'install the dependencies');
  for (const { args, env } of manager.commands({ ...settings, lock })) {
    await context.say(`${manager.tool.bins[0] ?? manager.name} ${args.join(' ')}`);
    const exit = await context.exec({ argv: [...found.command, ...args], env: { CI: 'true', ...env } });
    if (exit.outcome.type !== 'succeeded') return { outcome: explain(manager, lockFile, exit) };
  }
  if (manager.name === 'pip')
    context.addPath(
      [context.seen.cwd, '.venv', context.paths.separator === '/' ? 'bin' : 'Scripts'].join(
        context.paths.separator,
      ),
    );
  const after = await read();
  if (settings.frozen && after !== lock) {
    return {
      outcome: failed(
        `${manager.name} has changed ${lockFile ?? 'the lock file'}, which does not fit its manifest.`,
      ),
    };
  }
  const packages = lockFile === null ? null : countLocked(lockFile, after);
  return {
    outcome: SUCCEEDED,
    reports: packages === null ? [] : [metricsForm([metric('dependencies.packages', packages, 'count')])],
    outputs: {
      manager: manager.name,
      'lock-file': lockFile ?? '',
      'lock-hash': lockFile === null ? '' : createHash('sha256').update(after).digest('hex'),
      packages: packages === null ? '' : String(packages),
    },
  };
}

/** A lock file that its manager took and that cannot be read here is no fault. */
function countLocked(file: string, text: string): number | null {
  try {
    return countPackages(file, text);
  } catch {
    return null;
  }
}

async function pickManager(
  { cwd, stage }: KindContext,
  wanted: string,
): Promise<{ readonly manager: PackageManager; readonly lockFile: string | null }> {
  const candidates = wanted === 'auto' ? MANAGERS : MANAGERS.filter(({ name }) => name === wanted);
  for (const manager of candidates) {
    for (const lockFile of manager.locks)
      if (await isThere(path.join(cwd, lockFile))) return { manager, lockFile };
  }
  for (const manager of candidates) {
    for (const file of manager.manifests)
      if (await isThere(path.join(cwd, file))) return { manager, lockFile: null };
  }
  throw new AppError('usage', `The folder of stage ${stage} has no lock file of a package manager.`, {
    hint: `Set \`working-directory\` to where it is. Known are ${NAMES.join(', ')}.`,
  });
}

async function isThere(file: string): Promise<boolean> {
  try {
    await readFile(file);
    return true;
  } catch (error) {
    if (isMissingFile(error)) return false;
    throw error;
  }
}

function explain(manager: PackageManager, lockFile: string | null, exit: ToolExit): Outcome {
  const { exitCode } = exit;
  const lock = lockFile ?? 'the lock file';
  switch (faultOf(`${exit.stdout}\n${exit.stderr}`)) {
    case 'drift':
      return failed(
        `${lock} does not fit its manifest: install without \`frozen\` and commit what changes.`,
        exitCode,
      );
    case 'integrity':
      return failed(
        `A package is not what ${lock} says: its content has another hash. Find out why before you change the lock file.`,
        exitCode,
      );
    case 'network':
      throw new AppError('service-failed', `${manager.name} could not fetch the packages.`, {
        hint: 'Look at the network and at the registry that is configured; what it said is in the log.',
      });
    case 'other':
      return failed(
        `${manager.name} ended with exit code ${exitCode ?? 'unknown'}; what it said is in the log`,
        exitCode,
      );
  }
}
