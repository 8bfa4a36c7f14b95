import fs from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

const ALWAYS = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** Whether Git would ignore a path of a project, by the `.gitignore` files around it and `.git/info/exclude`. */
export interface IgnoreRules {
  /** @param isFolder when it is known */
  isIgnored(absolute: string, isFolder: boolean): boolean;
}

/** Reads each file once; make new rules when one of them has changed. */
export function createIgnoreRules(projectDir: string): IgnoreRules {
  const root = repositoryRoot(projectDir) ?? projectDir;
  const read = new Map<string, Ignore | null>();

  function rulesIn(dir: string): Ignore | null {
    let rules = read.get(dir);
    if (rules === undefined) {
      const files = [path.join(dir, '.gitignore')];
      if (dir === root) files.unshift(path.join(dir, '.git', 'info', 'exclude'));
      const texts = files.map(readText).filter((text) => text !== null);
      rules = texts.length === 0 ? null : ignore().add(texts.join('\n'));
      read.set(dir, rules);
    }
    return rules;
  }

  return {
    isIgnored(absolute, isFolder) {
      const relative = path.relative(root, absolute);
      if (relative === '' || relative.startsWith('..')) return false;
      const parts = relative.split(path.sep);
      if (parts.some((part) => ALWAYS.has(part))) return true;
      let isIgnored = false;
      for (let depth = 0; depth < parts.length; depth += 1) {
        const rules = rulesIn(path.join(root, ...parts.slice(0, depth)));
        if (rules === null) continue;
        const result = rules.test(parts.slice(depth).join('/') + (isFolder ? '/' : ''));
        if (result.ignored) isIgnored = true;
        else if (result.unignored) isIgnored = false;
      }
      return isIgnored;
    },
  };
}

function repositoryRoot(dir: string): string | null {
  for (let folder = path.resolve(dir); ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, '.git'))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // Most folders have none.
    return null;
  }
}
