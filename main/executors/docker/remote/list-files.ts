import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { captureProcess } from './capture-process.ts';

/** What is known of a file or folder, to be compared as a whole. */
interface FileState {
  readonly isFolder: boolean;
  /** Equal for what nobody has touched. A change that sets size and time back is seen, too, by the time of the change itself. */
  readonly stamp: string;
}

/** By path relative to the folder, with forward slashes; without the folder itself. */
export type FileStates = ReadonlyMap<string, FileState>;

const SCRIPT = 'cd -- "$1" && exec find . -exec stat -c "$2" {} +';
const FOLDER_TYPE = 0x4000;
const TYPE_MASK = 0xf000;

/**
 * Everything below a folder of a container.
 * @returns null where the image has not what that takes (`find` and `stat`), or it came to no good end
 * @throws whatever the daemon does. Rejects with the signal's reason when it aborts
 */
export async function listFiles(
  container: Docker.Container,
  folder: string,
  signal: AbortSignal,
): Promise<FileStates | null> {
  // A file's name may hold a line break, but not one that is followed by this.
  const mark = randomBytes(8).toString('hex');
  const format = `${mark} %f %s %i %y %z\t%n`;
  const args = ['sh', '-c', SCRIPT, 'sh', folder, format];
  const { exitCode, stdout } = await captureProcess(container, { args, user: '0:0' }, signal);
  return exitCode === 0 ? parseListing(stdout.toString('utf8'), mark) : null;
}

/** Reads what `listFiles` prints: for each file `mark mode size inode times<TAB>./name`. */
export function parseListing(text: string, mark: string): FileStates | null {
  const states = new Map<string, FileState>();
  const [before, ...records] = `\n${text.replace(/\n$/, '')}`.split(`\n${mark} `);
  if (before !== '' || records.length === 0) return null;
  for (const record of records) {
    const tab = record.indexOf('\t');
    if (tab < 0) return null;
    const name = record.slice(tab + 1).replace(/^\.\//, '');
    const facts = record.slice(0, tab);
    const [mode = ''] = facts.split(' ', 1);
    const isFolder = (Number.parseInt(mode, 16) & TYPE_MASK) === FOLDER_TYPE;
    // What is in a folder changes its times.
    states.set(name, { isFolder, stamp: isFolder ? mode : facts });
  }
  states.delete('.');
  return states;
}
