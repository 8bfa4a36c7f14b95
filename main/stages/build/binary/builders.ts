import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext, ToolCommand, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { requireTool } from '../../tools/require-tool.ts';
import { withScratch } from '../../tools/with-scratch.ts';
import { CARGO, GO, NODE, POSTJECT, type Target } from './targets.ts';

export interface BinaryWish {
  /** Relative to the kind's folder: a package of Go, a script for Node; null: the tool's own default. */
  readonly entry: string | null;
  readonly args: readonly string[];
  /** The name of the program, without an ending. */
  readonly name: string;
  /** Where it is to be: as commands see it, and on this machine. */
  readonly out: { readonly seen: string; readonly here: string };
  /** Null: where the stage runs. */
  readonly target: Target | null;
}

/** Builds one program. @throws BuildFailed when the tool said no; AppError `tool-missing`, `kind-failed` */
export type BinaryBuilder = (context: KindContext, wish: BinaryWish) => Promise<void>;

/** A tool that ended with another exit code than 0. */
export class BuildFailed extends Error {
  readonly exit: ToolExit;
  constructor(tool: string, exit: ToolExit) {
    super(`${tool} ended with exit code ${exit.exitCode ?? 'unknown'}`);
    this.exit = exit;
  }
}

async function build(context: KindContext, tool: string, command: ToolCommand): Promise<ToolExit> {
  const exit = await context.exec(command);
  if (exit.outcome.type !== 'succeeded') throw new BuildFailed(tool, exit);
  return exit;
}

/** `go build`, without paths of this machine in the program. */
export const buildWithGo: BinaryBuilder = async (context, { entry, args, out, target }) => {
  const go = await requireTool(context, [GO], 'build it');
  const env: Record<string, string> = target === null ? {} : { GOOS: target.os, GOARCH: target.arch };
  const source = entry === null || entry === '.' ? '.' : `./${entry}`;
  await build(context, 'go', {
    argv: [...go.command, 'build', '-trimpath', '-o', out.seen, ...args, source],
    env,
  });
};

/** `cargo build --release` of one program. */
export const buildWithCargo: BinaryBuilder = async (context, { entry, args, name, out }) => {
  const cargo = await requireTool(context, [CARGO], 'build it');
  const program = entry ?? name;
  const words = ['build', '--release', '--bin', program, '--target-dir', 'target'];
  await build(context, 'cargo', { argv: [...cargo.command, ...words, ...args] });
  const made = path.join('target', 'release', `${program}${path.extname(out.here)}`);
  try {
    await copyFile(path.join(context.cwd, made), out.here);
  } catch (error) {
    throw new AppError('kind-failed', `cargo succeeded, but there is no ${made}.`, {
      hint: 'Say the name of the program in `entry`.',
      cause: error,
    });
  }
};

/** What Node looks for in itself. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const ON_MAC = 'darwin';

/** A copy of the stage's own Node with a script in it: a single executable application. */
export const buildWithNode: BinaryBuilder = async (context, { entry, out }) => {
  if (entry === null) throw new AppError('usage', '`entry` is missing: `tool: node` needs a script.');
  const node = await requireTool(context, [NODE], 'build it');
  const postject = await requireTool(context, [POSTJECT], 'put a script into Node');
  await withScratch(context, async ({ dir, seen }) => {
    const blob = `${seen}${context.paths.separator}app.blob`;
    const config = { main: path.join(context.cwd, entry), output: blob, disableExperimentalSEAWarning: true };
    await writeFile(path.join(dir, 'sea.json'), JSON.stringify(config));
    const configFile = `${seen}${context.paths.separator}sea.json`;
    await build(context, 'node', { argv: [...node.command, '--experimental-sea-config', configFile] });
    const asked = await build(context, 'node', {
      argv: [...node.command, '--print', 'process.execPath + "\\n" + process.platform'],
      silent: 'stdout',
    });
    const [program = '', platform = ''] = asked.stdout.trim().split('\n');
    await refuseWithoutFuse(program);
    await copyFile(program, out.here);
    await chmod(out.here, 0o755);
    if (platform === ON_MAC) {
      await build(context, 'codesign', { argv: ['codesign', '--remove-signature', out.seen] });
    }
    const segment = platform === ON_MAC ? ['--macho-segment-name', 'NODE_SEA'] : [];
    const words = [out.seen, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', FUSE, '--overwrite', ...segment];
    await build(context, 'postject', { argv: [...postject.command, ...words] });
    if (platform === ON_MAC)
      await build(context, 'codesign', { argv: ['codesign', '--sign', '-', out.seen] });
  });
};

/** A Node that loads itself from a library cannot carry a script. */
async function refuseWithoutFuse(program: string): Promise<void> {
  const bytes = await readFile(program);
  if (bytes.includes(FUSE)) return;
  throw new AppError('kind-failed', `${program} cannot carry a script: it is built without that.`, {
    hint: 'Put a Node from nodejs.org, or of the npm package `node`, first on PATH.',
  });
}
