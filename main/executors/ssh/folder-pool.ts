import type { SyncMemory } from './workspace-sync.ts';

/** A folder that is someone's alone until it is freed. */
export interface TakenFolder {
  readonly name: string;
  readonly memory: SyncMemory;
  free(): void;
}

/** Gives out names of folders, each to one at a time; the one that was used before comes first. */
export interface FolderPool {
  /** @param key of folders that stand for the same thing */
  take(owner: string, key: string): TakenFolder;
  /** The folders of that owner are gone. */
  forget(owner: string): void;
}

interface Folder {
  readonly name: string;
  readonly memory: SyncMemory;
  isBusy: boolean;
}

/** A copy of a workspace on a host is used again by the next stage, so that only what differs goes over. */
export function createFolderPool(): FolderPool {
  const owners = new Map<string, Map<string, Folder[]>>();

  function foldersOf(owner: string, key: string): { readonly group: number; readonly folders: Folder[] } {
    const groups = owners.get(owner) ?? new Map<string, Folder[]>();
    owners.set(owner, groups);
    const folders = groups.get(key) ?? [];
    groups.set(key, folders);
    return { group: [...groups.keys()].indexOf(key) + 1, folders };
  }

  return {
    take(owner, key) {
      const { group, folders } = foldersOf(owner, key);
      let folder = folders.find(({ isBusy }) => !isBusy);
      if (folder === undefined) {
        folder = {
          name: `workspace-${group}-${folders.length + 1}`,
          memory: { pushed: null },
          isBusy: false,
        };
        folders.push(folder);
      }
      const taken = folder;
      taken.isBusy = true;
      return { name: taken.name, memory: taken.memory, free: () => void (taken.isBusy = false) };
    },
    forget: (owner) => void owners.delete(owner),
  };
}
