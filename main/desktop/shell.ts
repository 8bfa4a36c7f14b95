import { app, Menu, nativeTheme, shell, type BrowserWindow, type MessagePortMain } from 'electron';
import {
  MESSAGES,
  type ContextCommand,
  type HostStatus,
  type ShellCommand,
} from '#shared/api/desktop-ipc.ts';
import type { DesktopNotice } from '#shared/api/notice-schema.ts';
import { confirmStoppingRuns } from './confirm-quit.ts';
import type { StartHost } from './host-process.ts';
import { HostSupervisor } from './host-supervisor.ts';
import { answerKeychain } from './keychain.ts';
import { groundColour, openMainWindow } from './main-window.ts';
import { menuTemplate } from './menu-template.ts';
import { pickFolder } from './pick-folder.ts';
import { showNotification } from './show-notification.ts';
import { readWindowState, writeWindowState } from './state-file.ts';
import type { WindowState } from './window-state.ts';

export interface ShellOptions {
  readonly appDir: string;
  readonly iconFile: string;
  readonly pageUrl: string;
  readonly isDevelopment: boolean;
  readonly stateFile: string;
  readonly startHost: StartHost<MessagePortMain>;
  readonly onHostOutput: (text: string) => void;
}

/** The desktop application: one window, one host, the menu, and what is remembered of them. */
export class Shell {
  readonly host: HostSupervisor<MessagePortMain>;
  #window: BrowserWindow | null = null;
  #state: WindowState;
  #available: ReadonlySet<ContextCommand> = new Set();
  /** Commands that came before the page could take them. */
  #undelivered: ShellCommand[] = [];
  #isPageListening = false;
  #mayQuit = false;
  readonly #options: ShellOptions;

  constructor(options: ShellOptions) {
    this.#options = options;
    this.#state = readWindowState(options.stateFile);
    nativeTheme.themeSource = this.#state.theme;
    nativeTheme.on('updated', () => this.#window?.setBackgroundColor(groundColour()));
    this.host = new HostSupervisor<MessagePortMain>({
      start: options.startHost,
      onStatus: (status) => this.#announceHost(status),
      onOutput: options.onHostOutput,
      onNotice: (notice) => this.#tell(notice),
      askKeychain: answerKeychain,
    });
  }

  /** Null while none is open. */
  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** Starts the host and opens the window. */
  open(): void {
    this.host.start();
    this.#applyMenu();
    this.show();
  }

  owns(contents: { readonly id: number }): boolean {
    return this.#window?.webContents.id === contents.id;
  }

  /** Brings the window to the front; opens it when there is none. */
  show(): void {
    if (this.#window === null) {
      this.#window = this.#openWindow();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Asks the window to do something; it waits until the page listens. */
  send(command: ShellCommand): void {
    this.#undelivered.push(command);
    if (this.#isPageListening) this.deliverCommands();
    else this.show();
  }

  /** Called when the page is up. */
  deliverCommands(): void {
    this.#isPageListening = true;
    for (const command of this.#undelivered.splice(0))
      this.#window?.webContents.send(MESSAGES.COMMAND, command);
  }

  setTheme(theme: WindowState['theme']): void {
    if (theme === this.#state.theme) return;
    nativeTheme.themeSource = theme;
    this.#remember({ theme });
    this.#applyMenu();
  }

  setAvailable(available: readonly ContextCommand[]): void {
    this.#available = new Set(available);
    this.#applyMenu();
  }

  /** Whether the application may end now; asks when that would stop runs. */
  mayQuit(): boolean {
    this.#mayQuit ||= this.host.runningRuns === 0 || confirmStoppingRuns(this.#window, this.host.runningRuns);
    return this.#mayQuit;
  }

  #openWindow(): BrowserWindow {
    const window = openMainWindow({
      ...this.#options,
      state: this.#state,
      onState: (state) => this.#remember(state),
    });
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      // A new hash is the same page, which goes on listening.
      if (isMainFrame && !isSameDocument) this.#isPageListening = false;
    });
    window.on('close', (event) => {
      // On a Mac the application outlives its window.
      if (process.platform !== 'darwin' && !this.mayQuit()) event.preventDefault();
    });
    window.on('closed', () => {
      this.#window = null;
      this.#isPageListening = false;
      this.setAvailable([]);
    });
    return window;
  }

  #announceHost(status: HostStatus): void {
    this.#window?.webContents.send(MESSAGES.HOST, status);
    this.#applyMenu();
  }

  /** Who looks at the window sees a toast there instead. */
  #tell({ title, body, runId }: DesktopNotice): void {
    if (this.#window?.isFocused() === true) return;
    showNotification(title, body, () => {
      this.show();
      this.send({ type: 'open-run', runId });
    });
  }

  #remember(change: Partial<WindowState>): void {
    this.#state = { ...this.#state, ...change };
    writeWindowState(this.#options.stateFile, this.#state);
  }

  #applyMenu(): void {
    const { dataDir } = this.host;
    const template = menuTemplate(
      {
        isMac: process.platform === 'darwin',
        isDevelopment: this.#options.isDevelopment,
        appName: app.name,
        theme: this.#state.theme,
        available: this.#available,
        hasDataDir: dataDir !== null,
      },
      {
        send: (command) => this.send(command),
        openFolder: () => void this.#openFolder(),
        openDataFolder: () => {
          if (dataDir !== null) void shell.openPath(dataDir);
        },
      },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #openFolder(): Promise<void> {
    const dir = await pickFolder('Open a project folder', this.#window);
    if (dir !== null) this.send({ type: 'open-project', dir });
  }
}
