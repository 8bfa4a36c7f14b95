import { formatSize } from '#shared/lib/sizes.ts';
import { gitFailed } from '../git/git-client.ts';
import { type Check, fileIn } from './check.ts';

/** Objects of the repository are all there and connected. */
export const checkObjects: Check = async ({ git }) => {
  const exit = await git.ask('fsck', '--connectivity-only', '--no-dangling', '--no-progress');
  const lines = `${exit.stdout}\n${exit.stderr}`.split('\n').map((line) => line.trim());
  const faults = lines.filter((line) => /^(missing|broken|error|fatal|dangling|bad|corrupt)/i.test(line));
  if (exit.outcome.type !== 'succeeded' && faults.length === 0) faults.push('git fsck found a fault');
  return {
    checked: 1,
    problems: faults
      .slice(0, 1_000)
      .map((message) => ({ ruleId: 'fsck', severity: 'critical' as const, message })),
  };
};

/** No file has the marks that a merge leaves where it could not decide. */
export const checkConflicts: Check = async (wish) => {
  const args = ['grep', '-n', '-I', '--null', '--full-name', '-E', '-e', '^(<{7}|>{7}) '];
  const exit = await wish.git.ask(...args, 'HEAD', '--', '.');
  if (exit.exitCode !== 0 && exit.exitCode !== 1) throw gitFailed(args, exit);
  const files = await listFiles(wish);
  const known = new Set(files.map(({ file }) => file));
  const problems = exit.stdout.split('\n').flatMap((line) => {
    const [, file, number] = /^HEAD:([^\0]+)\0(\d+)\0/.exec(line) ?? [];
    if (file === undefined || number === undefined || !known.has(file)) return [];
    return [
      {
        ruleId: 'conflict-marker',
        severity: 'high' as const,
        message: 'A mark of a merge that was not finished',
        file: fileIn(wish, file),
        line: Number(number),
      },
    ];
  });
  return { checked: files.length, problems };
};

/** The trees of no files at all, by SHA-1 and by SHA-256. */
const EMPTY_TREES = [
  '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
] as const;

/** No line that was changed ends with blanks, mixes them with tabs, and no file ends with empty lines. */
export const checkWhitespace: Check = async (wish) => {
  const head = await wish.git.text('rev-parse', 'HEAD');
  const empty = head.length === 40 ? EMPTY_TREES[0] : EMPTY_TREES[1];
  const exit = await wish.git.ask('diff', '--check', wish.since ?? empty, 'HEAD', '--');
  const problems = exit.stdout.split('\n').flatMap((line) => {
    const [, file, number, message] = /^([^+\s-].*?):(\d+): (.+?)\.?$/.exec(line) ?? [];
    // The marks of a merge have a check of their own.
    if (file === undefined || message === undefined || message.startsWith('leftover conflict')) return [];
    return [
      {
        ruleId: 'whitespace',
        severity: 'low' as const,
        message,
        file: fileIn(wish, file),
        line: Number(number),
      },
    ];
  });
  return { checked: (await listFiles(wish)).length, problems };
};

/** No file is larger than is good for a repository. */
export const checkSizes: Check = async (wish) => {
  const files = await listFiles(wish);
  const problems = files
    .filter(({ bytes }) => bytes > wish.maxFileBytes)
    .map(({ file, bytes }) => ({
      ruleId: 'file-size',
      severity: 'medium' as const,
      message: `The file has ${formatSize(bytes)}, more than ${formatSize(wish.maxFileBytes)}`,
      file: fileIn(wish, file),
    }));
  return { checked: files.length, problems };
};

/** The files of the newest commit that count, relative to the repository. */
async function listFiles({ git, changed }: Parameters<Check>[0]) {
  const text = await git.text('ls-tree', '-r', '-l', '-z', '--full-tree', 'HEAD');
  return text.split('\0').flatMap((entry) => {
    const [, size, file] = /^\d+ blob [0-9a-f]+ +(\d+)\t([\s\S]+)$/.exec(entry) ?? [];
    if (file === undefined || (changed !== null && !changed.has(file))) return [];
    return [{ file, bytes: Number(size) }];
  });
}
