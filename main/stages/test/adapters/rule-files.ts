import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { parseDocument } from 'yaml';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { FilesToCheck } from '../findings/file-tool.ts';
import { refuseOutside } from '../findings/select-files.ts';

export interface RuleFile {
  /** Relative to the stage's folder, with forward slashes. */
  readonly file: string;
  readonly text: string;
  /** Who understands it: semgrep has a list under `rules`, ast-grep a rule per document. */
  readonly for: 'semgrep' | 'ast-grep';
}

/** What tools of static analysis get. */
export interface StaticFiles extends FilesToCheck {
  readonly rules: readonly RuleFile[];
}

export const rulesFor = (tool: RuleFile['for'], { rules }: StaticFiles): readonly RuleFile[] =>
  rules.filter((rule) => rule.for === tool);

/** Reads rule files. @param patterns globs @throws AppError `usage` when none is there, `path-outside` */
export async function readRules(
  { cwd }: KindContext,
  patterns: readonly string[],
): Promise<readonly RuleFile[]> {
  if (patterns.length === 0) return [];
  patterns.forEach(refuseOutside);
  const files = await glob([...patterns], { cwd, dot: true, onlyFiles: true, followSymbolicLinks: false });
  const own = files.filter((file) => /\.ya?ml$/i.test(file)).sort();
  if (own.length === 0) {
    throw new AppError('usage', `\`rules\`: no YAML file matches ${patterns.join(', ')}.`, {
      hint: 'Name files or folders with rules of ast-grep or semgrep.',
    });
  }
  return Promise.all(
    own.map(async (file) => {
      const text = await readFile(path.join(cwd, file), 'utf8');
      const hasList = /^rules\s*:/m.test(text) && parseDocument(text).has('rules');
      return { file, text, for: hasList ? ('semgrep' as const) : ('ast-grep' as const) };
    }),
  );
}
