import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { NPM } from '../deps/npm/run-npm.ts';
import { findTool } from '../tools/find-tool.ts';
import { isMissingFile } from '../tools/missing-file.ts';
import { requireTool } from '../tools/require-tool.ts';
import type { Tool } from '../tools/tool.ts';

export const MISE: Tool = {
  name: 'mise',
  bins: ['mise'],
  install: 'npm install --global @jdxcode/mise, brew install mise, or from https://mise.jdx.dev',
};

export interface InstallWish {
  /** As mise or npm names it. */
  readonly tool: string;
  readonly version: string;
  readonly scripts: boolean;
  readonly registry: string | null;
  /** Absolute; tools of all projects and runs live below it. */
  readonly toolsDir: string;
}

export interface InstalledTool {
  /** Absolute; they belong on PATH. */
  readonly dirs: readonly string[];
  readonly version: string;
  /** It was there already. */
  readonly wasThere: boolean;
}

/** Installs with mise into a folder of Pipewright's own. Null: mise is not there. */
export async function installWithMise(
  context: KindContext,
  wish: InstallWish,
): Promise<InstalledTool | null> {
  const found = await findTool(context, MISE);
  if (found === null) return null;
  const what = `${wish.tool}@${wish.version}`;
  const env = {
    MISE_DATA_DIR: path.join(wish.toolsDir, 'mise'),
    MISE_YES: '1',
    NO_COLOR: '1',
    // What the project says of tools is not asked for, so nobody need trust it.
    MISE_IGNORED_CONFIG_PATHS: context.seen.workspace,
    ...registryOf(wish),
  };
  const wasThere =
    (await context.exec({ argv: [...found.command, 'where', what], env, silent: 'both' })).outcome.type ===
    'succeeded';
  if (!wasThere) {
    await context.say(`mise install ${what}`);
    const exit = await context.exec({ argv: [...found.command, 'install', what], env });
    if (exit.outcome.type !== 'succeeded') throw notInstalled(wish, 'mise', exit.stderr);
  }
  const paths = await context.exec({ argv: [...found.command, 'bin-paths', what], env, silent: 'stdout' });
  const dirs = paths.stdout.split(/\r?\n/).filter((line) => line !== '');
  if (dirs.length === 0) throw notInstalled(wish, 'mise', 'it has no programs');
  const where = await context.exec({ argv: [...found.command, 'where', what], env, silent: 'both' });
  return { dirs, version: path.basename(where.stdout.trim()), wasThere };
}

const manifestSchema = z.looseObject({ version: z.string() });

/** Installs an npm package into a folder of its own, by name and version. */
export async function installWithNpm(context: KindContext, wish: InstallWish): Promise<InstalledTool> {
  const dir = path.join(wish.toolsDir, 'npm', `${wish.tool.replaceAll('/', '+')}@${wish.version}`);
  const known = await versionIn(dir, wish.tool);
  const dirs = [path.join(dir, 'node_modules', '.bin')];
  if (known === wish.version) return { dirs, version: known, wasThere: true };
  const found = await requireTool(context, [NPM], `install ${wish.tool}`);
  const parent = path.dirname(dir);
  await mkdir(parent, { recursive: true });
  // Another run may install the same: who is done first puts it in its place, whole.
  const making = await mkdtemp(path.join(parent, '.making-'));
  try {
    const options = ['--no-save', '--no-audit', '--no-fund', ...(wish.scripts ? [] : ['--ignore-scripts'])];
    await context.say(`npm install ${wish.tool}@${wish.version}`);
    const exit = await context.exec({
      argv: [
        ...found.command,
        'install',
        ...options,
        `--prefix=${making}`,
        '--',
        `${wish.tool}@${wish.version}`,
      ],
      env: registryOf(wish),
    });
    if (exit.outcome.type !== 'succeeded') throw notInstalled(wish, 'npm', exit.stderr);
    const version = await versionIn(making, wish.tool);
    if (version !== wish.version) {
      throw new AppError(
        'kind-failed',
        `npm installed ${wish.tool} ${version ?? 'without a version'} instead of ${wish.version}.`,
        {
          hint: 'Look at `version`, and at the registry that is configured.',
        },
      );
    }
    await moveInto(making, dir, wish);
    return { dirs, version, wasThere: false };
  } finally {
    await rm(making, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function moveInto(making: string, dir: string, { tool, version }: InstallWish): Promise<void> {
  try {
    await rename(making, dir);
  } catch (error) {
    if ((await versionIn(dir, tool)) === version) return;
    // Half of one, of a run that was ended.
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    await rename(making, dir).catch(() => {
      throw error;
    });
  }
}

async function versionIn(dir: string, name: string): Promise<string | null> {
  try {
    const text = await readFile(path.join(dir, 'node_modules', name, 'package.json'), 'utf8');
    return manifestSchema.parse(JSON.parse(text)).version;
  } catch (error) {
    if (isMissingFile(error) || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

const registryOf = ({ registry }: InstallWish): Record<string, string> =>
  registry === null ? {} : { npm_config_registry: registry };

function notInstalled({ tool, version }: InstallWish, by: string, said: string): AppError {
  const lines = said
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line !== '');
  // npm begins with words that only say which of its tables the reason stands in.
  const reasons = lines.filter((line) => !/^(code|errno|syscall|type|network) /.test(line));
  const reason = reasons.find((line) => /error|failed|404/i.test(line)) ?? reasons.at(-1) ?? '';
  return new AppError(
    'service-failed',
    `${by} could not install ${tool} ${version}${reason === '' ? '' : `: ${reason.replace(/\.+$/, '').slice(0, 300)}`}.`,
    {
      hint: 'Look at the name and the version, and at the network.',
    },
  );
}
