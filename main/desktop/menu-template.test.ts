import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import type { ShellCommand } from '#shared/api/desktop-ipc.ts';
import { menuTemplate, type MenuState } from './menu-template.ts';

const base: MenuState = {
  isMac: false,
  isDevelopment: false,
  appName: 'Pipewright',
  theme: 'dark',
  available: new Set(),
  hasDataDir: true,
};

function items(state: MenuState, sent: (ShellCommand | string)[] = []): MenuItemConstructorOptions[] {
  const flatten = (list: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    list.flatMap((item) => (Array.isArray(item.submenu) ? [item, ...flatten(item.submenu)] : [item]));
  return flatten(
    menuTemplate(state, {
      send: (command) => sent.push(command),
      openFolder: () => sent.push('open folder'),
      openDataFolder: () => sent.push('open data folder'),
    }),
  );
}

const press = (item: MenuItemConstructorOptions): void => {
  (item.click as (() => void) | undefined)?.();
};

describe('menuTemplate', () => {
  it.each([true, false])('gives every entry a role, an action or a submenu (mac: %s)', (isMac) => {
    for (const item of items({ ...base, isMac, isDevelopment: true })) {
      const doesSomething =
        item.type === 'separator' ||
        item.role !== undefined ||
        item.submenu !== undefined ||
        item.click !== undefined;
      expect(doesSomething, item.label).toBe(true);
    }
  });

  it('sends each entry of ours somewhere', () => {
    const sent: (ShellCommand | string)[] = [];
    const clickable = items(base, sent).filter((item) => item.click !== undefined);
    for (const item of clickable) press(item);
    expect(sent).toHaveLength(clickable.length);
    expect(sent).toContainEqual({ type: 'set-theme', theme: 'light' });
    expect(sent).toContain('open folder');
  });

  it('uses no shortcut twice', () => {
    const shortcuts = items(base).flatMap((item) =>
      item.accelerator === undefined ? [] : [item.accelerator],
    );
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });

  it('greys out what is not possible on the screen that is open', () => {
    const enabled = items({ ...base, available: new Set(['cancel-run'] as const) })
      .filter((item) => item.enabled === true)
      .map((item) => item.label);
    expect(enabled).toEqual(['&Cancel Run', 'Open &Data Folder']);
  });

  it('marks the theme in force', () => {
    expect(items(base).find((item) => item.checked === true)?.label).toBe('&Dark');
  });

  it('offers reload and developer tools from source only', () => {
    const roles = (state: MenuState): unknown[] => items(state).map((item) => item.role);
    expect(roles(base)).not.toContain('toggleDevTools');
    expect(roles({ ...base, isDevelopment: true })).toContain('toggleDevTools');
  });
});
