import { assertNever } from '#shared/lib/assert-never.ts';
import {
  projectIdOf,
  runIdOf,
  stageIdOf,
  type ProjectId,
  type RunId,
  type StageId,
} from '#shared/lib/ids.ts';

/** The views of a run, in the order of their tabs. */
export const RUN_TABS = [
  'graph',
  'waterfall',
  'tests',
  'coverage',
  'findings',
  'supply-chain',
  'metrics',
  'artifacts',
  'summary',
] as const;
export type RunTab = (typeof RUN_TABS)[number];

/** The parts of the settings, in the order of their list. */
export const SETTINGS_SECTIONS = [
  'appearance',
  'notifications',
  'triggers',
  'trust',
  'storage',
  'telemetry',
  'machine',
  'keys',
  'about',
] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** Where the window is. The address bar's hash holds nothing else, so that a reload and a deep link come back to it. */
export type Route =
  | { readonly screen: 'projects' }
  | { readonly screen: 'project'; readonly projectId: ProjectId }
  /** `file` is relative to the project's folder, with slashes. */
  | { readonly screen: 'pipeline'; readonly projectId: ProjectId; readonly file: string }
  | { readonly screen: 'runs'; readonly projectId?: ProjectId }
  | {
      readonly screen: 'run';
      readonly runId: RunId;
      readonly tab?: RunTab;
      readonly stage?: StageId;
      /** What is chosen in the tab, in the tab's own words: a test, a file. */
      readonly item?: string;
    }
  | {
      readonly screen: 'log';
      readonly runId: RunId;
      readonly stage: StageId;
      /** 1-based. */
      readonly attempt: number;
      /** 1-based. */
      readonly line?: number;
      /** One that ran beside the stage: its log instead. */
      readonly service?: string;
    }
  /** `attempt` is 1-based. */
  | { readonly screen: 'shell'; readonly runId: RunId; readonly stage: StageId; readonly attempt: number }
  /** Two runs of a project, the earlier one first. */
  | { readonly screen: 'compare'; readonly before: RunId; readonly after: RunId }
  | { readonly screen: 'secrets' }
  | { readonly screen: 'triggers' }
  | { readonly screen: 'hosts' }
  | { readonly screen: 'settings'; readonly section?: SettingsSection };

export type Screen = Route['screen'];

const HOME: Route = { screen: 'projects' };

function address(
  segments: readonly string[],
  query: Record<string, string | number | undefined> = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const tail = search.size > 0 ? `?${search.toString()}` : '';
  return `#/${segments.map((segment) => encodeURIComponent(segment)).join('/')}${tail}`;
}

/** The hash of a route, `#/run/…`; `parseRoute` reads it back. */
export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'projects':
      return address(['projects']);
    case 'project':
      return address(['project', route.projectId]);
    case 'pipeline':
      return address(['project', route.projectId, 'pipeline', route.file]);
    case 'runs':
      return address(['runs'], { project: route.projectId });
    case 'run':
      return address(['run', route.runId], { tab: route.tab, stage: route.stage, item: route.item });
    case 'log':
      return address(['run', route.runId, 'log', route.stage, String(route.attempt)], {
        service: route.service,
        line: route.line,
      });
    case 'shell':
      return address(['run', route.runId, 'shell', route.stage, String(route.attempt)]);
    case 'compare':
      return address(['compare', route.before, route.after]);
    case 'secrets':
    case 'triggers':
    case 'hosts':
      return address([route.screen]);
    case 'settings':
      return address(route.section === undefined ? ['settings'] : ['settings', route.section]);
    default:
      return assertNever(route);
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A hash that someone cut or typed by hand: take it as it stands.
    return segment;
  }
}

const positive = (text: string | null | undefined): number | undefined =>
  text != null && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;

/** Reads a hash; whatever is not understood leads home (or, in optional parts, is left out). */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s, 2);
  const segments = path.split('/').map(decoded);
  const query = new URLSearchParams(search);
  const [screen, id, part, name, number] = segments;
  switch (screen) {
    case 'project':
      if (!id) return HOME;
      return part === 'pipeline' && name
        ? { screen: 'pipeline', projectId: projectIdOf(id), file: name }
        : { screen: 'project', projectId: projectIdOf(id) };
    case 'runs': {
      const project = query.get('project');
      return project ? { screen: 'runs', projectId: projectIdOf(project) } : { screen: 'runs' };
    }
    case 'run': {
      if (!id) return HOME;
      if (part === 'log' && name) return logRoute(id, name, number, query);
      if (part === 'shell' && name) {
        const attempt = positive(number) ?? 1;
        return { screen: 'shell', runId: runIdOf(id), stage: stageIdOf(name), attempt };
      }
      const tab = RUN_TABS.find((known) => known === query.get('tab'));
      const stage = query.get('stage');
      const item = query.get('item');
      return {
        screen: 'run',
        runId: runIdOf(id),
        ...(tab === undefined ? {} : { tab }),
        ...(stage ? { stage: stageIdOf(stage) } : {}),
        ...(item ? { item } : {}),
      };
    }
    case 'compare':
      return id && part ? { screen, before: runIdOf(id), after: runIdOf(part) } : HOME;
    case 'secrets':
    case 'triggers':
    case 'hosts':
      return { screen };
    case 'settings': {
      const section = SETTINGS_SECTIONS.find((known) => known === id);
      return section === undefined ? { screen } : { screen, section };
    }
    case undefined:
    default:
      return HOME;
  }
}

function logRoute(id: string, stage: string, attempt: string | undefined, query: URLSearchParams): Route {
  const line = positive(query.get('line'));
  const service = query.get('service');
  return {
    screen: 'log',
    runId: runIdOf(id),
    stage: stageIdOf(stage),
    attempt: positive(attempt) ?? 1,
    ...(line === undefined ? {} : { line }),
    ...(service ? { service } : {}),
  };
}
