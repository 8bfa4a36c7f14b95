import type { KindContext } from '#main/engine/kind-ports.ts';
import type { LockedPlugin } from '#shared/plugins/lock.ts';
import type { ActionInputs } from './action-environment.ts';
import type { PluginContent, PluginContents } from './plugin-content.ts';

/** An action that is about to run. */
export interface ActionRun {
  readonly name: string;
  readonly plugin: LockedPlugin;
  readonly content: PluginContent;
  readonly inputs: ActionInputs;
  readonly context: KindContext;
  readonly plugins: PluginContents;
  readonly projectDir: string;
}
