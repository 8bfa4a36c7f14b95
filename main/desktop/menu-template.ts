import type { MenuItemConstructorOptions } from 'electron';
import type { ContextCommand, ShellCommand } from '#shared/api/desktop-ipc.ts';
import type { WindowState } from './window-state.ts';

/** What the menu does itself; everything else is a command for the window. */
export interface MenuActions {
  send(command: ShellCommand): void;
  /** The native dialog, then `open-project`. */
  openFolder(): void;
  openDataFolder(): void;
}

export interface MenuState {
  readonly isMac: boolean;
  /** Run from source: with reload and developer tools. */
  readonly isDevelopment: boolean;
  readonly appName: string;
  readonly theme: WindowState['theme'];
  readonly available: ReadonlySet<ContextCommand>;
  /** The data folder is known once the host is ready. */
  readonly hasDataDir: boolean;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The application menu as plain data. Every entry works or is greyed out. */
export function menuTemplate(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const { isMac } = state;
  const settings: MenuItemConstructorOptions = {
    label: isMac ? 'Settings…' : '&Settings',
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.send({ type: 'go', screen: 'settings' }),
  };
  return [
    ...(isMac ? [appMenu(state.appName, settings)] : []),
    {
      label: '&File',
      submenu: [
        { label: '&Open Folder…', accelerator: 'CmdOrCtrl+O', click: () => actions.openFolder() },
        SEPARATOR,
        ...(isMac ? [{ role: 'close' } as const] : [settings, SEPARATOR, { role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    { label: '&View', submenu: viewItems(state, actions) },
    {
      label: '&Run',
      submenu: [
        contextItem('&Run Pipeline…', 'run-pipeline', 'CmdOrCtrl+Enter', state, actions),
        contextItem('Run &Again', 'run-again', 'CmdOrCtrl+Shift+Enter', state, actions),
        SEPARATOR,
        contextItem('&Cancel Run', 'cancel-run', 'CmdOrCtrl+.', state, actions),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        {
          label: '&Keyboard Shortcuts',
          accelerator: 'CmdOrCtrl+/',
          click: () => actions.send({ type: 'show-shortcuts' }),
        },
        { label: 'Open &Data Folder', enabled: state.hasDataDir, click: () => actions.openDataFolder() },
        ...(isMac ? [] : [SEPARATOR, { role: 'about' } as const]),
      ],
    },
  ];
}

function appMenu(label: string, settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    label,
    submenu: [
      { role: 'about' },
      SEPARATOR,
      settings,
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

function viewItems(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const themes = { system: '&System', light: '&Light', dark: '&Dark' } as const;
  return [
    {
      label: '&Projects',
      accelerator: 'CmdOrCtrl+1',
      click: () => actions.send({ type: 'go', screen: 'projects' }),
    },
    { label: '&Runs', accelerator: 'CmdOrCtrl+2', click: () => actions.send({ type: 'go', screen: 'runs' }) },
    {
      label: '&Command Palette…',
      accelerator: 'CmdOrCtrl+K',
      click: () => actions.send({ type: 'show-palette' }),
    },
    SEPARATOR,
    {
      label: '&Theme',
      submenu: (Object.keys(themes) as (keyof typeof themes)[]).map((theme) => ({
        label: themes[theme],
        type: 'radio',
        checked: state.theme === theme,
        click: () => actions.send({ type: 'set-theme', theme }),
      })),
    },
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    SEPARATOR,
    { role: 'togglefullscreen' },
    ...(state.isDevelopment ? ([SEPARATOR, { role: 'reload' }, { role: 'toggleDevTools' }] as const) : []),
  ];
}

function contextItem(
  label: string,
  command: ContextCommand,
  accelerator: string,
  state: MenuState,
  actions: MenuActions,
): MenuItemConstructorOptions {
  return {
    label,
    accelerator,
    enabled: state.available.has(command),
    click: () => actions.send({ type: command }),
  };
}
