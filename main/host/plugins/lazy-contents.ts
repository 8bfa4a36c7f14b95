import type { PluginContents } from '#main/stages/plugin/plugin-content.ts';

/** The contents of plugins, loaded with the first one that runs: most pipelines have none. */
export function createLazyContents(dataDir: string): PluginContents {
  let loading: Promise<PluginContents> | null = null;
  const load = (): Promise<PluginContents> =>
    (loading ??= import('#main/plugins/plugin-contents.ts').then(({ createPluginContents }) =>
      createPluginContents(dataDir),
    ));
  return {
    open: async (...request) => (await load()).open(...request),
    openInner: async (...request) => (await load()).openInner(...request),
  };
}
