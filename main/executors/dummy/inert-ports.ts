import type { EnginePorts } from '#main/engine/engine.ts';

type InertPorts = Pick<
  EnginePorts,
  | 'workspaces'
  | 'artifacts'
  | 'reports'
  | 'reportHistory'
  | 'secrets'
  | 'caches'
  | 'reuse'
  | 'locks'
  | 'sshSlots'
  | 'states'
  | 'durations'
  | 'projectIdOf'
  | 'toolVersion'
  | 'places'
>;

/** Ports of an engine that touches nothing, to go with the dummy executor: nothing is copied, found, kept or hidden. */
export const INERT_PORTS: InertPorts = {
  workspaces: {
    prepare: () => Promise.resolve(),
    prepareFrom: () => Promise.resolve(),
    open: (_run, _plan, _stage, _attempt, projectDir) => Promise.resolve(projectDir),
    commandPrefix: () => Promise.resolve(''),
    close: () => Promise.resolve(),
  },
  artifacts: {
    collect: () => Promise.resolve({ artifact: null, issues: [] }),
    place: () => Promise.resolve(),
  },
  reports: {
    collect: () => Promise.resolve({ reports: [], issues: [] }),
    parse: () => Promise.resolve({ form: null, issues: [] }),
  },
  reportHistory: { read: () => [], baseline: () => [], ignored: () => new Set() },
  secrets: {
    // No value is shown and none is needed: each name stands for itself.
    resolve: (names) => Promise.resolve(Object.fromEntries(names.map((name) => [name, `$${name}`]))),
    mask: (log) => log,
    redact: (text) => text,
    contains: () => false,
  },
  caches: {
    restore: () => Promise.resolve({ hit: null, issues: [] }),
    save: () => Promise.resolve({ saved: false, sizeBytes: 0, issues: [] }),
  },
  reuse: { hashFiles: () => '', find: () => ({ result: null, changed: [] }), remember: () => undefined },
  locks: { acquire: () => Promise.resolve(() => undefined) },
  // Any host will do, since none is asked.
  sshSlots: {
    take: ({ host, labels }) => Promise.resolve({ host: host ?? labels.join(' '), free: () => undefined }),
  },
  states: { read: () => ({}), write: () => undefined },
  durations: { expected: () => ({}), record: () => undefined },
  projectIdOf: (dir) => dir,
  toolVersion: () => Promise.resolve(''),
  places: {
    open: () => Promise.reject(new Error('The dummy engine has no other places.')),
    release: () => Promise.resolve(),
  },
};
