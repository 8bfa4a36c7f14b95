// The directions of docs/architecture.md, as rules. test/architecture plants a breach of each.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'shared-is-pure',
      comment:
        'shared/ imports zod, yaml and the expression library, nothing of Node, the DOM or our other folders',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/', '^node_modules/(zod|yaml|@actions/expressions|@orpc/contract)/'] },
    },
    {
      name: 'engine-knows-only-shared',
      severity: 'error',
      from: { path: '^main/engine/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^main/engine/', '^shared/'] },
    },
    {
      name: 'adapters-do-not-know-each-other',
      comment: 'adapters implement the engine ports; composition roots wire them',
      severity: 'error',
      from: {
        path: '^main/(executors|store|logs|artifacts|reports|secrets|vcs|triggers|deploy|interop|plugins|stages|notify|metrics|telemetry|trust|repository)/',
        // Fixtures serve the tests beside them.
        pathNot: '(\\.test|-fixture)\\.ts$',
      },
      to: {
        path: '^main/(executors|store|logs|artifacts|reports|secrets|vcs|triggers|deploy|interop|plugins|stages|notify|metrics|telemetry|trust|repository|api|host|cli|runner|desktop)/',
        pathNot: '^main/$1/',
      },
    },
    {
      name: 'electron-only-in-desktop-and-preload',
      severity: 'error',
      from: { pathNot: ['^main/desktop/', '^preload/'] },
      to: { path: ['^electron$', '^node_modules/electron/'] },
    },
    {
      name: 'headless-roots-never-reach-electron',
      severity: 'error',
      from: { path: '^main/(cli|host|runner)/' },
      to: { path: ['^electron$', '^node_modules/electron/', '^main/desktop/'], reachable: true },
    },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/(features|app)/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'renderer-imports-no-main',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|build|test)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(shared|main|renderer|preload)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
    exclude: { path: ['^out/', '\\.module\\.css$'] },
  },
};
