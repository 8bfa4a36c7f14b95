import type { Stats } from 'node:fs';
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Clock } from '#main/engine/ports.ts';
import { createIgnoreRules, type IgnoreRules } from './gitignore.ts';
import { baseOf, createMatcher } from './glob.ts';
import type { TriggerSource } from './ports.ts';
import type { WatchRule } from './rules.ts';

/** File systems keep time less exactly than clocks do. */
const MTIME_SLACK_MS = 1_000;

export interface WatchOptions {
  readonly clock: Clock;
  readonly projectDir: string;
  readonly rule: WatchRule;
  /**
   * When the pipeline worked in the project's own folder, latest run first; `to` is null while it does. Empty for runs
   * that work in a copy.
   */
  readonly ownWork: () => readonly { readonly from: number; readonly to: number | null }[];
  /** @param changed relative paths with forward slashes, sorted */
  readonly fire: (changed: readonly string[]) => void;
  readonly onFault: (message: string) => void;
}

/**
 * Fires once it was quiet for `debounceMs` after a change of a file that the rule chooses and Git does not ignore.
 * Resolves when every folder is watched: from then on no change is missed.
 */
export async function createWatch(options: WatchOptions): Promise<TriggerSource> {
  const { clock, projectDir, rule, ownWork, fire, onFault } = options;
  const isChosen = createMatcher(rule.paths.flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]));
  const isLeftOut = createMatcher(rule.ignore);
  const bases = rule.paths.filter((glob) => !glob.startsWith('!')).map(baseOf);
  const changed = new Set<string>();
  let cancel: () => void = () => undefined;
  let closed = false;

  const relativeOf = (file: string): string => path.relative(projectDir, file).split(path.sep).join('/');

  /** Whether the rule could choose something at or below a path. */
  const mayMatter = (relative: string): boolean =>
    bases.length === 0 ||
    bases.some(
      (base) =>
        base === '' ||
        relative === base ||
        relative.startsWith(`${base}/`) ||
        base.startsWith(`${relative}/`),
    );

  function onChange(file: string, stats: Stats | undefined): void {
    const relative = relativeOf(file);
    if (!isChosen(relative) || isLeftOut(relative)) return;
    const at = stats?.mtimeMs ?? clock.now();
    if (
      ownWork().some(
        ({ from, to }) => at >= from - MTIME_SLACK_MS && (to === null || at <= to + MTIME_SLACK_MS),
      )
    )
      return;
    changed.add(relative);
    cancel();
    cancel = clock.after(rule.debounceMs, () => {
      const files = [...changed].sort();
      changed.clear();
      fire(files);
    });
  }

  async function open(): Promise<FSWatcher> {
    const ignored: IgnoreRules = createIgnoreRules(projectDir);
    const opened = watch(projectDir, {
      ignoreInitial: true,
      alwaysStat: true,
      ignored: (file, stats) => {
        const relative = relativeOf(file);
        if (relative === '') return false;
        if (path.basename(file) === '.gitignore') return false;
        return !mayMatter(relative) || ignored.isIgnored(file, stats?.isDirectory() ?? false);
      },
    });
    opened.on('all', (event, file, stats) => {
      if (closed || event === 'addDir' || event === 'unlinkDir') return;
      if (path.basename(file) === '.gitignore') reopen();
      if (!ignored.isIgnored(file, false)) onChange(file, stats);
    });
    opened.on('error', (error) => onFault(error instanceof Error ? error.message : String(error)));
    await new Promise<void>((resolve) => void opened.once('ready', resolve));
    return opened;
  }

  let watcher = open();
  /** Folders that were ignored are not watched, so other rules need another watcher. */
  function reopen(): void {
    watcher = watcher.then(async (before) => {
      if (closed) return before;
      const next = await open();
      await before.close();
      return next;
    });
  }

  await watcher;
  return {
    async close() {
      closed = true;
      cancel();
      await (await watcher).close();
    },
  };
}
