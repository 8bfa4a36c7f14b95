import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { parseCommandFile } from '#main/engine/command-file.ts';
import { SCRATCH_ROOT } from '../tools/with-scratch.ts';

/** The files of an action, and the variables by which it finds them. @see GitHub Actions, "Environment files" */
const COMMAND_FILES = {
  output: 'GITHUB_OUTPUT',
  env: 'GITHUB_ENV',
  path: 'GITHUB_PATH',
  state: 'GITHUB_STATE',
  summary: 'GITHUB_STEP_SUMMARY',
} as const;

/** A folder of one use of an action: its command files, and where they are to be seen. */
export interface ActionFolder {
  /** On this machine, absolute. */
  readonly dir: string;
  /** As the action sees it. */
  readonly seen: string;
  /** The action's own files as it sees them. */
  readonly seenContent: string;
  /** Makes command files, empty as actions expect them. @returns the variables that name them */
  makeFiles(prefix?: string): Promise<Readonly<Record<string, string>>>;
  /** Lines of a file in it; none when it is not there. */
  lines(file: string): Promise<readonly string[]>;
  /** The text of a file in it; '' when it is not there. */
  text(file: string): Promise<string>;
  /** What was written to a file in it, as `name=value`; empty when it is not there. */
  values(file: string): Promise<Readonly<Record<string, string>>>;
  remove(): Promise<void>;
}

/**
 * Makes the folder: of this machine where commands are its processes, else below the workspace, where they see it, with a
 * copy of the action's files.
 */
export async function makeActionFolder(context: KindContext, contentDir: string): Promise<ActionFolder> {
  const { runsHere, workspace, seen, paths } = context;
  const root = runsHere ? os.tmpdir() : path.join(workspace, SCRATCH_ROOT);
  await mkdir(root, { recursive: true });
  const dir = await mkdtemp(path.join(root, 'action-'));
  const seenDir = runsHere ? dir : [seen.workspace, SCRATCH_ROOT, path.basename(dir)].join(paths.separator);
  if (!runsHere) await cp(contentDir, path.join(dir, 'content'), { recursive: true, verbatimSymlinks: true });
  const text = (file: string): Promise<string> => readFile(path.join(dir, file), 'utf8').catch(() => '');
  return {
    dir,
    seen: seenDir,
    seenContent: runsHere ? contentDir : `${seenDir}${paths.separator}content`,
    async makeFiles(prefix = '') {
      for (const file of Object.keys(COMMAND_FILES)) await writeFile(path.join(dir, `${prefix}${file}`), '');
      return Object.fromEntries(
        Object.entries(COMMAND_FILES).map(([file, name]) => [
          name,
          `${seenDir}${paths.separator}${prefix}${file}`,
        ]),
      );
    },
    text,
    lines: async (file) => (await text(file)).split(/\r?\n/).filter((line) => line !== ''),
    async values(file) {
      return Object.fromEntries(parseCommandFile(await text(file)).values);
    },
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }),
  };
}
