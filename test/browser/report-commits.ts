import { BILL, NEW_FINDINGS, OLD_FINDINGS, sarifOf } from './report-findings.ts';

/** A test of `results.json`; one with a `failure` fails with that text, its first line is the message. */
interface SeededCase {
  readonly name: string;
  readonly ms: number;
  readonly failure?: string;
  readonly skipped?: boolean;
  readonly stdout?: string;
}

/** What the stages of `fixtures/reports-project` report at a commit. */
export interface SeededResults {
  /** By stage and suite. */
  readonly tests: Readonly<Record<'unit' | 'api', Readonly<Record<string, readonly SeededCase[]>>>>;
  /** Lines that no test reached, by file. */
  readonly coverage: Readonly<Record<string, readonly number[]>>;
  readonly sarif: unknown;
  readonly sbom: unknown;
  readonly artifactBytes: number;
}

export interface SeededCommit {
  readonly message: string;
  readonly author: string;
  /** Lines that are added to the end of a file. */
  readonly append: Readonly<Record<string, string>>;
  readonly results: SeededResults;
}

const ROUNDING = `Expected values to be strictly equal:
[Error [ERR_TEST_FAILURE]: Expected values to be strictly equal:

1190 !== 1191
] {
  code: 'ERR_TEST_FAILURE',
  failureType: 'testCodeFailure',
  cause: AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:

  1190 !== 1191

      at TestContext.<anonymous> (test/money.test.js:31:10)
      at Test.runInAsyncScope (node:async_hooks:228:14)
    generatedMessage: true,
    code: 'ERR_ASSERTION',
    actual: 1190,
    expected: 1191,
    operator: 'strictEqual'
  }
}`;

const LINES = `expect(received).toEqual(expected) // deep equality
Error: expect(received).toEqual(expected) // deep equality

- Expected  - 2
+ Received  + 2

  Array [
    "1 x book: 12.00 EUR",
-   "2 x pen: 3.00 EUR",
+   "2 x pen: 3.0 EUR",
-   "1 x bag: 20.00 EUR",
+   "1 x bag: 20.0 EUR",
  ]
    at Object.<anonymous> (test/cart.test.js:18:27)`;

const TIMED_OUT = `socket hang up
Error: socket hang up
    at Socket.socketOnEnd (node:_http_client:524:23)
    at GET /quotes/1 (test/quotes.test.js:12:5)`;

const money = (...changed: readonly SeededCase[]): readonly SeededCase[] =>
  withChanged(
    [
      'adds amounts',
      'adds nothing to nothing',
      'puts tax on top',
      'refuses a negative tax rate',
      'formats cents',
    ],
    changed,
  );
const cart = (...changed: readonly SeededCase[]): readonly SeededCase[] =>
  withChanged(['is empty at first', 'counts pieces', 'sums up its lines', 'describes its lines'], changed);
const quotes = (...changed: readonly SeededCase[]): readonly SeededCase[] =>
  withChanged(['answers with a price', 'answers 404 for what is not there', 'needs a token'], changed);

function withChanged(names: readonly string[], changed: readonly SeededCase[]): readonly SeededCase[] {
  const known = names.map((name, index): SeededCase => {
    return changed.find((one) => one.name === name) ?? { name, ms: 3 + index * 7 };
  });
  return [...known, ...changed.filter(({ name }) => !names.includes(name))];
}

const BASE = { sarif: sarifOf(OLD_FINDINGS), sbom: BILL, artifactBytes: 40_000 };

/**
 * Four commits, oldest first: two that are green, one that breaks rounding (and has an unsteady test fail), and one that
 * breaks one more.
 */
export const REPORT_COMMITS: readonly SeededCommit[] = [
  {
    message: 'A shop with prices',
    author: 'Mira Holt',
    append: {},
    results: {
      ...BASE,
      tests: { unit: { money: money(), cart: cart() }, api: { quotes: quotes() } },
      coverage: { 'src/money.js': [9], 'src/cart.js': [], 'src/parcels/quote.js': [12, 13] },
    },
  },
  {
    message: 'Discounts for regular customers',
    author: 'Jon Reyes',
    append: {
      'src/cart.js': `
export function discount(total, years) {
  if (years > 10) {
    return Math.round(total * 0.9);
  }
  return years > 2 ? Math.round(total * 0.95) : total;
}
`,
    },
    results: {
      ...BASE,
      artifactBytes: 46_000,
      tests: {
        unit: {
          money: money(),
          cart: cart({ name: 'takes a discount', ms: 41 }, { name: 'ships abroad', ms: 0, skipped: true }),
        },
        api: { quotes: quotes({ name: 'needs a token', ms: 340 }) },
      },
      coverage: { 'src/money.js': [9], 'src/cart.js': [22], 'src/parcels/quote.js': [12, 13] },
    },
  },
  {
    message: 'Round prices half to even',
    author: 'Mira Holt',
    append: {
      'src/money.js': `
export function halfToEven(amount) {
  const whole = Math.floor(amount);
  if (amount - whole !== 0.5) {
    return Math.round(amount);
  }
  return whole % 2 === 0 ? whole : whole + 1;
}
`,
    },
    results: {
      ...BASE,
      sarif: sarifOf(NEW_FINDINGS),
      artifactBytes: 46_400,
      tests: {
        unit: {
          money: money({ name: 'puts tax on top', ms: 12, failure: ROUNDING }),
          cart: cart({ name: 'takes a discount', ms: 39 }, { name: 'ships abroad', ms: 0, skipped: true }),
        },
        api: { quotes: quotes({ name: 'answers with a price', ms: 5_020, failure: TIMED_OUT }) },
      },
      coverage: { 'src/money.js': [9, 23], 'src/cart.js': [22], 'src/parcels/quote.js': [12, 13] },
    },
  },
  {
    message: 'Shorter lines in the cart',
    author: 'Jon Reyes',
    append: { 'src/parcels/quote.js': `\nexport const isHeavy = (grams) => grams > 5_000;\n` },
    results: {
      ...BASE,
      sarif: sarifOf(NEW_FINDINGS),
      artifactBytes: 51_000,
      tests: {
        unit: {
          money: money({ name: 'puts tax on top', ms: 11, failure: ROUNDING }),
          cart: cart(
            {
              name: 'describes its lines',
              ms: 18,
              failure: LINES,
              stdout: '3 lines in the cart\nformat: short\n',
            },
            { name: 'takes a discount', ms: 44 },
            { name: 'ships abroad', ms: 0, skipped: true },
          ),
        },
        api: { quotes: quotes({ name: 'answers with a price', ms: 61 }) },
      },
      coverage: { 'src/money.js': [9, 23], 'src/cart.js': [22], 'src/parcels/quote.js': [12, 13, 19] },
    },
  },
];
