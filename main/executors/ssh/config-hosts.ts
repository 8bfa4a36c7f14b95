import { glob, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SshProgram } from './ssh-arguments.ts';

/** `Include` inside of included files, however deep, ends here, as in OpenSSH. */
const MAX_DEPTH = 16;

/** The names that the user's SSH configuration and what it includes give to hosts: those without patterns, each once, sorted. */
export async function listConfigHosts({ configFile }: SshProgram): Promise<readonly string[]> {
  const file = configFile ?? path.join(os.homedir(), '.ssh', 'config');
  const names = await namesIn(file, 0);
  return [...new Set(names)].sort();
}

async function namesIn(file: string, depth: number): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const found: string[] = [];
  for (const { key, values } of parseConfig(text)) {
    if (key === 'host') found.push(...values.filter((name) => /^[^-!*?\s][^!*?\s]*$/.test(name)));
    if (key !== 'include' || depth === MAX_DEPTH) continue;
    for (const pattern of values) {
      for await (const included of glob(absolute(pattern)))
        found.push(...(await namesIn(included, depth + 1)));
    }
  }
  return found;
}

/** Relative ones are in `~/.ssh`, as in the user's own configuration. */
function absolute(pattern: string): string {
  if (pattern.startsWith('~/')) return path.join(os.homedir(), pattern.slice(2));
  return path.resolve(os.homedir(), '.ssh', pattern);
}

interface ConfigLine {
  /** In small letters. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The lines of a configuration of OpenSSH: `Key value…` or `Key=value`, values in quotes or not. */
export function parseConfig(text: string): readonly ConfigLine[] {
  return text.split(/\r?\n/).flatMap((line): ConfigLine[] => {
    const [, key, rest = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? [];
    if (key === undefined) return [];
    const values = [...rest.matchAll(/"([^"]*)"|([^\s"#]\S*)|(#.*)/g)]
      .filter(([, , , comment]) => comment === undefined)
      .map(([, quoted, plain]) => quoted ?? plain ?? '');
    return [{ key: key.toLowerCase(), values }];
  });
}
