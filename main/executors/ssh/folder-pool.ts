/** Gives out names of folders, each to one at a time; the one that was used before comes first. */
export interface FolderPool {
  /** @param key of folders that stand for the same thing */
  take(key: string): { readonly name: string; free(): void };
}

/** A copy of a workspace on a host is used again by the next stage, so that only what differs goes over. */
export function createFolderPool(): FolderPool {
  const numbers = new Map<string, number>();
  const busy = new Map<string, Set<number>>();

  return {
    take(key) {
      const group = numbers.get(key) ?? numbers.size + 1;
      numbers.set(key, group);
      const used = busy.get(key) ?? new Set();
      busy.set(key, used);
      let number = 1;
      while (used.has(number)) number++;
      used.add(number);
      return {
        name: `workspace-${group}-${number}`,
        free: () => void used.delete(number),
      };
    },
  };
}
