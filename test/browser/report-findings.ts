interface SeededFinding {
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

const RULES = [
  {
    id: 'no-eval',
    name: 'NoEval',
    shortDescription: { text: 'Code must not be made of text' },
    help: {
      text: 'What a user types runs.',
      markdown: 'What a user types **runs**. Use `JSON.parse` instead.',
    },
    helpUri: 'https://example.test/rules/no-eval',
  },
  { id: 'magic-number', name: 'MagicNumber', shortDescription: { text: 'A number without a name' } },
  { id: 'unused', name: 'Unused', shortDescription: { text: 'Nothing uses it' } },
];

/** A SARIF log as a linter writes it. */
export const sarifOf = (findings: readonly SeededFinding[]): unknown => ({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'check', version: '2.3.0', rules: RULES } },
      results: findings.map(({ rule, level, text, file, line }) => ({
        ruleId: rule,
        level,
        message: { text },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: file },
              region: { startLine: line, startColumn: 3 },
            },
          },
        ],
      })),
    },
  ],
});

const NUMBERS: readonly SeededFinding[] = [9, 14, 19].map((line) => ({
  rule: 'magic-number',
  level: 'warning',
  text: `The number in line ${line} has no name`,
  file: 'src/money.js',
  line,
}));

/** What the linter found in the first two runs. */
export const OLD_FINDINGS: readonly SeededFinding[] = [
  ...NUMBERS,
  { rule: 'unused', level: 'note', text: '`isHeavy` is used nowhere', file: 'src/parcels/quote.js', line: 4 },
];

/** What it finds later: one is mended, one is new. */
export const NEW_FINDINGS: readonly SeededFinding[] = [
  ...NUMBERS,
  {
    rule: 'no-eval',
    level: 'error',
    text: '`eval` runs what a user has typed',
    file: 'src/cart.js',
    line: 6,
  },
];

const library = (name: string, version: string, licenses: readonly string[]) => ({
  type: 'library',
  'bom-ref': `pkg:npm/${name}@${version}`,
  name,
  version,
  purl: `pkg:npm/${name}@${version}`,
  licenses: licenses.map((id) => ({ license: { id } })),
});

/** A CycloneDX bill with a dependency of a dependency, and one whose licence is not known. */
export const BILL = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', 'bom-ref': 'shop', name: 'shop', version: '1.4.0' } },
  components: [
    library('fastify', '5.6.1', ['MIT']),
    library('pino', '9.9.0', ['MIT']),
    library('sonic-boom', '4.2.0', ['MIT']),
    library('semver', '7.7.3', ['ISC']),
    library('rfdc', '1.4.1', ['MIT']),
    library('old-thing', '0.3.0', []),
  ],
  dependencies: [
    { ref: 'shop', dependsOn: ['pkg:npm/fastify@5.6.1', 'pkg:npm/old-thing@0.3.0'] },
    {
      ref: 'pkg:npm/fastify@5.6.1',
      dependsOn: ['pkg:npm/pino@9.9.0', 'pkg:npm/semver@7.7.3', 'pkg:npm/rfdc@1.4.1'],
    },
    { ref: 'pkg:npm/pino@9.9.0', dependsOn: ['pkg:npm/sonic-boom@4.2.0'] },
  ],
};
