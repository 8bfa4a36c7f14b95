import type { ShellMemory } from './shell-connection.ts';

/** In the storage of this tab alone. @param about what the shell was opened for */
export function shellMemory(about: string): ShellMemory {
  const key = `pipewright.shell ${about}`;
  return {
    get: () => sessionStorage.getItem(key),
    set(shellId) {
      if (shellId === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, shellId);
    },
  };
}
