import type { ActionManifest } from '#shared/plugins/manifest.ts';
import type { LockedPlugin } from '#shared/plugins/lock.ts';

/** The files of a plugin, ready to run. */
export interface PluginContent {
  /** On this machine, absolute; nothing may be written there. */
  readonly dir: string;
  readonly manifest: ActionManifest;
}

/** Where the files of locked plugins come from. */
export interface PluginContents {
  /**
   * Fetches them if they are not here yet, and checks that they are what was locked.
   * @throws AppError `plugin-failed` when they are not, `plugin-invalid`
   */
  open(projectDir: string, name: string, plugin: LockedPlugin, signal: AbortSignal): Promise<PluginContent>;
  /**
   * An action in the files of another.
   * @param folder `./inner`
   * @throws AppError `plugin-invalid`, `path-outside`
   */
  openInner(content: PluginContent, folder: string): Promise<PluginContent>;
}
