/**
 * A token's value in the theme now shown (`readToken('--status-failed')`), for what draws without CSS: canvas, xterm.
 * Read it again when `useTheme().theme` changes.
 */
export function readToken(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
