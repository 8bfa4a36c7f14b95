import type { ITheme } from '@xterm/xterm';

const NAMES = {
  background: '--surface-page',
  foreground: '--text',
  cursor: '--accent-text',
  cursorAccent: '--surface-page',
  selectionBackground: '--accent-soft',
  black: '--ansi-black',
  red: '--ansi-red',
  green: '--ansi-green',
  yellow: '--ansi-yellow',
  blue: '--ansi-blue',
  magenta: '--ansi-magenta',
  cyan: '--ansi-cyan',
  white: '--ansi-white',
  brightBlack: '--ansi-bright-black',
  brightRed: '--ansi-bright-red',
  brightGreen: '--ansi-bright-green',
  brightYellow: '--ansi-bright-yellow',
  brightBlue: '--ansi-bright-blue',
  brightMagenta: '--ansi-bright-magenta',
  brightCyan: '--ansi-bright-cyan',
  brightWhite: '--ansi-bright-white',
} as const satisfies Partial<Record<keyof ITheme, `--${string}`>>;

/** The theme's colours as the terminal takes them, `#rrggbb`; read them again when the theme changes. */
export function readTerminalTheme(page: Document = document): ITheme {
  const probe = page.body.appendChild(page.createElement('span'));
  const context = page.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const colours: Partial<Record<keyof typeof NAMES, string>> = {};
  for (const [name, token] of Object.entries(NAMES) as [keyof typeof NAMES, string][]) {
    // The browser alone knows which side of `light-dark()` is shown, and what OKLCH is on this screen.
    probe.style.color = `var(${token})`;
    if (context !== null) colours[name] = hexOf(context, getComputedStyle(probe).color);
  }
  probe.remove();
  return colours;
}

function hexOf(context: CanvasRenderingContext2D, colour: string): string {
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
