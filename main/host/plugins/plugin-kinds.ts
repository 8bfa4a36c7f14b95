import { lockStamp, readPluginLock } from '#main/plugins/lock-file.ts';
import type { Kind } from '#main/stages/kind.ts';
import { pluginKind } from '#main/stages/plugin/plugin-kind.ts';
import { createCatalog, type Catalog, type PluginKinds } from '#main/stages/registry.ts';

/** More projects than a person has open at once. */
const MAX_REMEMBERED = 50;

/** The catalog of every project: what ships, and what a project's lock file names. The file is read when it has changed. */
export function createProjectCatalog(): Catalog {
  return createCatalog(undefined, createPluginKinds());
}

function createPluginKinds(): PluginKinds {
  const remembered = new Map<string, { readonly stamp: string; readonly kinds: readonly Kind[] }>();
  return (projectDir) => {
    const stamp = lockStamp(projectDir);
    const known = remembered.get(projectDir);
    if (known?.stamp === stamp) return known.kinds;
    const { plugins } = readPluginLock(projectDir);
    const kinds = Object.entries(plugins).map(([name, plugin]) => pluginKind(name, plugin, projectDir));
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(projectDir, { stamp, kinds });
    return kinds;
  };
}
