import { Keyboard, Monitor, Moon, RotateCw, Sun } from 'lucide-react';
import { useMemo } from 'react';
import { SECTION_FACTS } from '#renderer/features/settings/sections.tsx';
import { setThemeChoice } from '#renderer/theme/theme-store.ts';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { SETTINGS_SECTIONS } from '#renderer/ui/navigation/route.ts';
import { showOverlay } from './overlay-store.ts';
import type { NavItem } from './screens.tsx';

/** Offers what the app itself can do: go to its places, change the theme, list the keys. */
export function useAppCommands(navItems: readonly NavItem[]): void {
  const commands = useMemo<readonly Command[]>(
    () => [
      ...navItems.map(({ label, icon: Icon, route, shortcut }): Command => ({
        id: `go.${route.screen}`,
        title: `Go to ${label}`,
        group: 'Go to',
        icon: <Icon size={16} />,
        ...(shortcut === undefined ? {} : { shortcut }),
        run: () => navigate(route),
      })),
      ...SETTINGS_SECTIONS.map((section): Command => {
        const { label, icon: Icon, keywords } = SECTION_FACTS[section];
        return {
          id: `settings.${section}`,
          title: `Settings: ${label}`,
          group: 'Settings',
          icon: <Icon size={16} />,
          keywords,
          run: () => navigate({ screen: 'settings', section }),
        };
      }),
      {
        id: 'theme.system',
        title: 'Theme as the system',
        group: 'View',
        icon: <Monitor size={16} />,
        keywords: ['appearance'],
        run: () => setThemeChoice('system'),
      },
      {
        id: 'theme.light',
        title: 'Light theme',
        group: 'View',
        icon: <Sun size={16} />,
        keywords: ['appearance', 'day'],
        run: () => setThemeChoice('light'),
      },
      {
        id: 'theme.dark',
        title: 'Dark theme',
        group: 'View',
        icon: <Moon size={16} />,
        keywords: ['appearance', 'night'],
        run: () => setThemeChoice('dark'),
      },
      {
        id: 'app.keys',
        title: 'Show the list of keys',
        group: 'View',
        icon: <Keyboard size={16} />,
        shortcut: '?',
        keywords: ['shortcuts', 'help'],
        run: () => showOverlay('keys'),
      },
      {
        id: 'app.reload',
        title: 'Reload the window',
        group: 'View',
        icon: <RotateCw size={16} />,
        run: () => location.reload(),
      },
    ],
    [navItems],
  );
  useCommands(commands);
}
