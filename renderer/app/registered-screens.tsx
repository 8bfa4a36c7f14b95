import { FolderGit2, KeyRound, Play, Server, Settings, Zap } from 'lucide-react';
import { lazyPart } from '#renderer/ui/lazy-part.ts';
import { HistoryPlace, PipelinePlace, ProjectPlace, ProjectsPlace } from './places.tsx';
import { LogPlace, RunPlace, ShellPlace } from './run-places.tsx';
import type { NavItem, ScreenTable } from './screens.tsx';

const SettingsScreen = lazyPart(
  async () => (await import('#renderer/features/settings/settings-screen.tsx')).SettingsScreen,
);

const CompareScreen = lazyPart(
  async () => (await import('#renderer/features/compare/components/compare-screen.tsx')).CompareScreen,
);
const SecretsScreen = lazyPart(
  async () => (await import('#renderer/features/secrets/secrets-screen.tsx')).SecretsScreen,
);
const HostsScreen = lazyPart(
  async () => (await import('#renderer/features/hosts/hosts-screen.tsx')).HostsScreen,
);
const TriggersScreen = lazyPart(
  async () => (await import('#renderer/features/triggers/triggers-screen.tsx')).TriggersScreen,
);

/** Every screen of the app; a feature is wired in here and nowhere else. */
export const screens: ScreenTable = {
  projects: { render: () => <ProjectsPlace /> },
  project: { render: ({ projectId }) => <ProjectPlace key={projectId} projectId={projectId} /> },
  pipeline: {
    render: ({ projectId, file }) => (
      <PipelinePlace key={`${projectId} ${file}`} projectId={projectId} file={file} />
    ),
  },
  runs: { render: ({ projectId }) => <HistoryPlace key={projectId ?? ''} projectId={projectId} /> },
  run: {
    render: ({ runId, tab, stage, item }) => (
      <RunPlace key={runId} runId={runId} tab={tab} stage={stage} item={item} />
    ),
  },
  log: {
    render: ({ runId, stage, attempt, line, service }) => (
      <LogPlace key={runId} runId={runId} stage={stage} attempt={attempt} line={line} service={service} />
    ),
  },
  shell: {
    render: ({ runId, stage, attempt }) => (
      <ShellPlace key={`${runId} ${stage}`} runId={runId} stage={stage} attempt={attempt} />
    ),
  },
  compare: {
    render: ({ before, after }) => <CompareScreen key={`${before} ${after}`} before={before} after={after} />,
  },
  secrets: { render: () => <SecretsScreen /> },
  triggers: { render: () => <TriggersScreen /> },
  hosts: { render: () => <HostsScreen /> },
  settings: { render: ({ section }) => <SettingsScreen section={section} /> },
};

/** The navigation, top to bottom; what has no screen yet is left out. */
export const navItems: readonly NavItem[] = [
  {
    label: 'Projects',
    icon: FolderGit2,
    route: { screen: 'projects' },
    marks: ['projects', 'project', 'pipeline'],
  },
  { label: 'Runs', icon: Play, route: { screen: 'runs' }, marks: ['runs', 'run', 'log', 'shell', 'compare'] },
  { label: 'Triggers', icon: Zap, route: { screen: 'triggers' }, marks: ['triggers'] },
  { label: 'Hosts', icon: Server, route: { screen: 'hosts' }, marks: ['hosts'] },
  { label: 'Secrets', icon: KeyRound, route: { screen: 'secrets' }, marks: ['secrets'] },
  {
    label: 'Settings',
    icon: Settings,
    route: { screen: 'settings' },
    marks: ['settings'],
    foot: true,
    shortcut: 'mod+,',
  },
];
