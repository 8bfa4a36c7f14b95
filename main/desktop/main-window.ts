import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { CRASHED_URL } from './app-protocol.ts';
import { fitToDisplays, type WindowState } from './window-state.ts';

const DEFAULT_SIZE = { width: 1280, height: 820 };
const SMALLEST_SIZE = { minWidth: 880, minHeight: 560 };
/** The page's own ground, so that nothing flashes before the first paint. */
const GROUND = { light: '#fdfdfe', dark: '#17191d' };
/** A page that dies more often than this within a minute is not loaded again by itself. */
const RELOADS_PER_MINUTE = 3;

export const groundColour = (): string => (nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light);

export interface MainWindowOptions {
  readonly appDir: string;
  /** For window lists of systems that take it from the window. */
  readonly iconFile: string;
  readonly pageUrl: string;
  readonly isDevelopment: boolean;
  readonly state: WindowState;
  /** Moved, resized, maximized, restored, closed. */
  readonly onState: (state: Pick<WindowState, 'bounds' | 'isMaximized'>) => void;
}

/** Opens the window on our page: no Node, isolated, sandboxed, shown when it has something to show. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...fitToDisplays(options.state.bounds, workAreas),
    ...SMALLEST_SIZE,
    show: false,
    title: 'Pipewright',
    icon: options.iconFile,
    backgroundColor: groundColour(),
    webPreferences: {
      preload: path.join(options.appDir, 'out/preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: options.isDevelopment,
    },
  });
  window.once('ready-to-show', () => {
    if (options.state.isMaximized) window.maximize();
    window.show();
  });
  rememberState(window, options.onState);
  surviveCrashes(window, options.pageUrl);
  void load(window, options.pageUrl);
  return window;
}

function rememberState(window: BrowserWindow, onState: MainWindowOptions['onState']): void {
  const report = (): void => {
    if (window.isFullScreen()) return;
    onState({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
  };
  window.on('resized', report);
  window.on('moved', report);
  window.on('maximize', report);
  window.on('unmaximize', report);
  window.on('close', report);
}

/** A page that crashed is loaded again; one that keeps crashing makes room for a page that says so. */
function surviveCrashes(window: BrowserWindow, pageUrl: string): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    crashes = [...crashes.filter((at) => now - at < 60_000), now];
    void load(window, crashes.length > RELOADS_PER_MINUTE ? CRASHED_URL : pageUrl);
  });
}

/** A load that fails has its own page; the rejection says nothing more. */
async function load(window: BrowserWindow, url: string): Promise<void> {
  try {
    await window.loadURL(url);
  } catch (error) {
    if (!window.isDestroyed()) window.show();
    process.stderr.write(
      `The page could not be loaded: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}
