import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import type { Tool } from './tool.ts';

export interface FoundTool {
  readonly tool: Tool;
  /** What to put before the arguments. */
  readonly command: readonly [string, ...string[]];
  /** For people: `node_modules`, `PATH`, `the image …`. */
  readonly where: string;
}

/** Where a tool is that a stage can use: the project's own packages, PATH, then an image. Null: nowhere. */
export async function findTool(context: KindContext, tool: Tool): Promise<FoundTool | null> {
  return (await findProgram(context, tool)) ?? (await findImage(context, tool));
}

async function findProgram(context: KindContext, tool: Tool): Promise<FoundTool | null> {
  if (tool.isNodePackage === true) {
    for (const bin of tool.bins) {
      const found = await ownPackage(context, bin);
      if (found !== null) return { tool, command: [found], where: 'node_modules' };
    }
  }
  const inPath = context.runsHere
    ? await onPathHere(context, tool.bins)
    : await onPathThere(context, tool.bins);
  return inPath === null ? null : { tool, command: [inPath], where: 'PATH' };
}

/** The packages of the folder and of those around it, up to the workspace: a package of a monorepo uses the root's. */
async function ownPackage({ cwd, workspace, seen, paths }: KindContext, bin: string): Promise<string | null> {
  const onWindows = paths.separator === '\\';
  let folder = cwd;
  let seenFolder = seen.cwd;
  for (;;) {
    const name = onWindows ? `${bin}.cmd` : bin;
    if (await isFile(path.join(folder, 'node_modules', '.bin', name))) {
      return [seenFolder, 'node_modules', '.bin', name].join(paths.separator);
    }
    if (path.relative(workspace, folder) === '') return null;
    folder = path.dirname(folder);
    seenFolder = seenFolder.slice(0, Math.max(0, seenFolder.lastIndexOf(paths.separator)));
  }
}

/** The first of the programs that PATH of these variables has, on this machine. */
export async function onPathHere(
  { env }: Pick<KindContext, 'env'>,
  bins: readonly string[],
): Promise<string | null> {
  const valueOf = (name: string): string =>
    Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1] ?? '';
  const endings = process.platform === 'win32' ? ['', ...valueOf('PATHEXT').split(';')] : [''];
  for (const bin of bins) {
    for (const folder of valueOf('PATH').split(path.delimiter)) {
      if (!path.isAbsolute(folder)) continue;
      for (const ending of endings) {
        const file = path.join(folder, `${bin}${ending}`);
        if (await isExecutable(file)) return file;
      }
    }
  }
  return null;
}

async function onPathThere(context: KindContext, bins: readonly string[]): Promise<string | null> {
  const words = bins.map((bin) => `'${bin}'`).join(' ');
  const script = `for tool in ${words}; do command -v "$tool" && exit 0; done; exit 0`;
  const { stdout } = await context.exec({ script, shell: 'sh', silent: 'both' });
  return stdout.split('\n')[0]?.trim() || null;
}

/** A tool that is installed nowhere may come as an image; it works on the same folder and leaves no container. */
async function findImage(context: KindContext, tool: Tool): Promise<FoundTool | null> {
  if (tool.image === undefined || !context.runsHere) return null;
  const docker = await onPathHere(context, ['docker', 'podman']);
  if (docker === null) return null;
  const probe = await context.exec({ argv: [docker, 'image', 'inspect', tool.image], silent: 'both' });
  if (probe.outcome.type !== 'succeeded') return null;
  const { workspace, cwd } = context.seen;
  const mount = ['--volume', `${workspace}:${workspace}`, '--workdir', cwd];
  return {
    tool,
    command: [docker, 'run', '--rm', '--network', 'none', ...mount, tool.image],
    where: `the image ${tool.image}`,
  };
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function isExecutable(file: string): Promise<boolean> {
  if (!(await isFile(file))) return false;
  if (process.platform === 'win32') return true;
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
