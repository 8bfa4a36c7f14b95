import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { TimestampMode } from './line-time.ts';

export interface LogSettings {
  readonly wrap: boolean;
  readonly timestamps: TimestampMode;
}

/** How this person likes logs; the same for every log, remembered. Change it with `setState`. */
export const useLogSettings = create<LogSettings>()(
  persist((): LogSettings => ({ wrap: false, timestamps: 'none' }), {
    name: 'pipewright.log',
    storage: createJSONStorage(() => localStorage),
  }),
);
