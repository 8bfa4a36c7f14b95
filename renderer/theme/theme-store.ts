import { create } from 'zustand';

/** What the person chose; `system` follows the operating system as it changes. */
export type ThemeChoice = 'system' | 'light' | 'dark';
/** What is shown. */
export type Theme = 'light' | 'dark';

const STORAGE_KEY = 'pipewright.theme';

interface ThemeState {
  readonly choice: ThemeChoice;
  /** The choice with `system` resolved; for libraries that ask for a mode (React Flow, xterm, charts). */
  readonly theme: Theme;
}

const asChoice = (text: string | null): ThemeChoice =>
  text === 'light' || text === 'dark' ? text : 'system';

const systemTheme = (): Theme => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

const resolve = (choice: ThemeChoice): Theme => (choice === 'system' ? systemTheme() : choice);

/** The theme in force. Change it with `setThemeChoice`. */
export const useTheme = create<ThemeState>()(() => ({ choice: 'system', theme: 'light' }));

function apply(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
  useTheme.setState({ choice, theme: resolve(choice) });
}

/** Shows and remembers a theme. */
export function setThemeChoice(choice: ThemeChoice): void {
  localStorage.setItem(STORAGE_KEY, choice);
  apply(choice);
}

/** Applies the remembered theme and follows the system from then on; call once, before the first paint. */
export function startTheme(): void {
  apply(asChoice(localStorage.getItem(STORAGE_KEY)));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    apply(useTheme.getState().choice);
  });
}
