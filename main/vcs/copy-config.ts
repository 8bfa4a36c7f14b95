import fsp from 'node:fs/promises';
import path from 'node:path';
import { git } from './git-command.ts';

/**
 * What a copy decides for itself: where its files are, how it stores refs, which other file it reads.
 * Keys are as Git lists them, sections and names in lower case.
 */
const NOT_COPIED =
  /^(core\.(worktree|bare|repositoryformatversion|fsmonitor|untrackedcache|splitindex)|extensions\.(refstorage|objectformat|worktreeconfig)|include\.|includeif\.|gc\.|maintenance\.)/;

/** Gives a fresh clone the project's own settings: its remotes, branches' upstreams, identity, line ends, filters. */
export async function copyConfig(project: string, clone: string, signal: AbortSignal): Promise<void> {
  const file = path.join(clone, '.git', 'config');
  const [listed] = await Promise.all([
    git(['config', '--local', '--includes', '--null', '--list'], { cwd: project, signal }),
    git(['config', '--file', file, '--remove-section', 'remote.origin'], { cwd: clone, signal }),
  ]);
  const entries = listed.split('\0').filter((entry) => entry !== '' && !NOT_COPIED.test(entry));
  const text = ['[core]\n\tbare = false\n', ...entries.map(serializeEntry)].join('');
  await fsp.appendFile(file, text);
}

/** One listed `key LF value` in the form of a configuration file; without a value it means true. */
function serializeEntry(entry: string): string {
  const end = entry.indexOf('\n');
  const key = end < 0 ? entry : entry.slice(0, end);
  const section = key.slice(0, key.indexOf('.'));
  const name = key.slice(key.lastIndexOf('.') + 1);
  const subsection = key.slice(
    section.length + 1,
    Math.max(section.length + 1, key.length - name.length - 1),
  );
  const header =
    subsection === '' ? `[${section}]` : `[${section} "${subsection.replace(/["\\]/g, '\\$&')}"]`;
  const value = end < 0 ? '' : ` = "${escapeValue(entry.slice(end + 1))}"`;
  return `${header}\n\t${name}${value}\n`;
}

function escapeValue(value: string): string {
  return value
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\b', '\\b');
}
