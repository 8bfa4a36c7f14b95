import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ActionFolder } from './action-folder.ts';

/** What every shell hands on. */
const PLAIN_NAME = /^[A-Za-z_]\w*$/;
const FILE_VARIABLE = 'PIPEWRIGHT_ACTION_ENV';

/** Reads the file and removes it before anything of the action runs. */
const PRELOAD = `data:text/javascript,${encodeURIComponent(
  `import { readFileSync, rmSync } from 'node:fs';
  const file = process.env.${FILE_VARIABLE};
  delete process.env.${FILE_VARIABLE};
  Object.assign(process.env, JSON.parse(readFileSync(file, 'utf8')));
  rmSync(file);`,
)}`;

/** Runs the program behind it, with the variables that have come by the file. */
const LAUNCH =
  "const { spawnSync } = require('node:child_process');" +
  "const { status, error } = spawnSync(process.argv[1], process.argv.slice(2), { stdio: 'inherit' });" +
  'if (error) { console.error(error.message); process.exit(127); }' +
  'process.exit(status ?? 1);';

export interface OddVariables {
  /** Options of Node that stand before the script. */
  readonly nodeOptions: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Variables for a Node, also those whose names a shell drops (`INPUT_WHO-TO-GREET`): these go by a file for this user alone,
 * which is gone when it was read.
 */
export async function passVariables(
  folder: ActionFolder,
  variables: Readonly<Record<string, string>>,
  separator: string,
): Promise<OddVariables> {
  const odd = Object.entries(variables).filter(([name]) => !PLAIN_NAME.test(name));
  if (odd.length === 0) return { nodeOptions: [], env: variables };
  const plain = Object.entries(variables).filter(([name]) => PLAIN_NAME.test(name));
  await writeFile(path.join(folder.dir, 'variables.json'), JSON.stringify(Object.fromEntries(odd)), {
    mode: 0o600,
  });
  return {
    nodeOptions: ['--import', PRELOAD],
    env: { ...Object.fromEntries(plain), [FILE_VARIABLE]: `${folder.seen}${separator}variables.json` },
  };
}

/** The arguments of a Node that runs another program with what `passVariables` gave it. */
export const launching = ({ nodeOptions }: OddVariables): readonly string[] => [
  ...nodeOptions,
  '-e',
  LAUNCH,
  '--',
];
