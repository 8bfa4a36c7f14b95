import { FolderGit2, Play, Settings } from 'lucide-react';
import type { NavItem, ScreenTable } from './screens.tsx';

/** Every screen of the app; a feature is wired in here and nowhere else. */
export const screens: ScreenTable = {};

/** The navigation, top to bottom; what has no screen yet is left out. */
export const navItems: readonly NavItem[] = [
  {
    label: 'Projects',
    icon: FolderGit2,
    route: { screen: 'projects' },
    marks: ['projects', 'project', 'pipeline'],
  },
  { label: 'Runs', icon: Play, route: { screen: 'runs' }, marks: ['runs', 'run', 'log'] },
  {
    label: 'Settings',
    icon: Settings,
    route: { screen: 'settings' },
    marks: ['settings'],
    foot: true,
    shortcut: 'mod+,',
  },
];
