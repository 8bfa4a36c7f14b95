import path from 'node:path';

export interface DesktopArguments {
  /** Absolute; null for the default place. */
  readonly dataDir: string | null;
  /** The folder to open, absolute; null for none. */
  readonly projectDir: string | null;
}

/**
 * Reads `[--data DIR] [--project DIR | DIR]`. Switches of Chromium and Electron (`--no-sandbox`, …) are passed over, and so
 * is the application's own folder where Electron runs from source (`ownDir`).
 * @param args without the executable's path
 */
export function parseArguments(args: readonly string[], cwd: string, ownDir: string): DesktopArguments {
  let dataDir: string | null = null;
  let projectDir: string | null = null;
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, inline] = /^--(data|project)(?:=(.*))?$/s.exec(word) ?? [];
    if (name !== undefined) {
      const value = inline ?? rest.shift();
      if (value === undefined || value === '') continue;
      if (name === 'data') dataDir = path.resolve(cwd, value);
      else projectDir = path.resolve(cwd, value);
    } else if (!word.startsWith('-') && word !== '' && path.resolve(cwd, word) !== ownDir) {
      projectDir ??= path.resolve(cwd, word);
    }
  }
  return { dataDir, projectDir };
}
