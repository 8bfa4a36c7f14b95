import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

export interface ShellSettings {
  /** Output is read aloud by a screen reader; costs speed. */
  readonly screenReader: boolean;
}

/** How this person likes shells; remembered. Change it with `setState`. */
export const useShellSettings = create<ShellSettings>()(
  persist((): ShellSettings => ({ screenReader: false }), {
    name: 'pipewright.shell',
    storage: createJSONStorage(() => localStorage),
  }),
);
