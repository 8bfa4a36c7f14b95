import fc from 'fast-check';
import { renderYaml } from './render-yaml.ts';

/** What may stand around an entry, and how wide things are. */
export interface Dress {
  /** Lines above: a comment in the entry's column, one elsewhere, or a blank line. */
  readonly above: readonly ('comment' | 'outdented' | 'indented' | 'blank' | 'blanks')[];
  readonly trailing: boolean;
  readonly anchor: boolean;
  /** Columns that something below is indented by. */
  readonly indent: number;
  /** Blanks behind the line. */
  readonly padding: string;
}

export type OddNode =
  | { readonly kind: 'plain' | 'single' | 'double'; readonly text: string }
  | { readonly kind: 'spread'; readonly quote: '"' | "'" | ''; readonly words: readonly string[] }
  | { readonly kind: 'block'; readonly header: string; readonly lines: readonly string[] }
  | { readonly kind: 'empty' }
  | { readonly kind: 'alias' }
  | { readonly kind: 'map'; readonly flow: Flow | null; readonly entries: readonly OddEntry[] }
  | {
      readonly kind: 'list';
      readonly flow: Flow | null;
      readonly indentless: boolean;
      readonly items: readonly OddItem[];
    };

export interface OddItem {
  readonly dress: Dress;
  readonly value: OddNode;
}

export interface OddEntry extends OddItem {
  readonly key: string;
  readonly quote: '' | '"' | "'";
  readonly explicit: boolean;
}

/** How a collection in `{ }` or `[ ]` is set. */
export interface Flow {
  readonly spread: boolean;
  readonly padded: boolean;
  readonly comments: boolean;
  readonly trailingComma: boolean;
  readonly tabs: boolean;
}

export interface OddFile {
  readonly root: OddNode;
  readonly newline: '\n' | '\r\n';
  readonly bom: boolean;
  readonly head: string;
  readonly tail: string;
}

const often = (most: number) => fc.nat({ max: most }).map((number) => number === most);
const word = fc.constantFrom(
  'a',
  'build',
  'npm ci',
  'x1',
  '12',
  'true',
  '1.10',
  '~',
  'über',
  '日本',
  '🚀 go',
  'שלום',
  'http://x/#y',
  "it's",
  '${{ needs.a.result }}',
  '-1',
  '0x1F',
);
const key = fc.constantFrom(
  'a',
  'b',
  'c',
  'needs',
  'run',
  'on',
  'if',
  '1',
  'k y',
  'é',
  '🚀',
  'with',
  'x-y',
  'steps',
);

const dress: fc.Arbitrary<Dress> = fc.record({
  above: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    fc.array(fc.constantFrom('comment', 'comment', 'blank', 'outdented', 'indented', 'blanks'), {
      maxLength: 3,
    }),
  ),
  trailing: often(3),
  anchor: often(6),
  indent: fc.constantFrom(2, 2, 2, 4, 1, 3, 8),
  padding: fc.constantFrom('', '', '', ' ', '\t'),
});
const flow: fc.Arbitrary<Flow> = fc.record({
  spread: often(2),
  padded: fc.boolean(),
  comments: often(2),
  trailingComma: often(3),
  tabs: often(5),
});

const depth = fc.createDepthIdentifier();
const { node } = fc.letrec<{ node: OddNode; scalar: OddNode; collection: OddNode }>((tie) => ({
  scalar: fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('plain', 'single', 'double'), text: word }) },
    fc.record({
      kind: fc.constant('spread' as const),
      quote: fc.constantFrom('"', "'", ''),
      words: fc.array(fc.constantFrom('one', 'two', 'drei', '四'), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('block' as const),
      header: fc.constantFrom('|', '|-', '|+', '>', '>-', '>+', '|2', '|2-', '>2+', '|-2'),
      lines: fc.array(
        fc.constantFrom(
          'echo 1',
          '  deeper',
          '',
          '# no comment',
          'a: b',
          '- x',
          '\ttab',
          'needs.a ${{ needs.a.x }}',
        ),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    fc.constant<OddNode>({ kind: 'empty' }),
    fc.constant<OddNode>({ kind: 'alias' }),
  ),
  collection: fc.oneof(
    fc.record({
      kind: fc.constant('map' as const),
      flow: fc.option(flow, { freq: 3 }),
      entries: fc.uniqueArray(
        fc.record({
          key,
          quote: fc.constantFrom('', '', '', '"', "'"),
          explicit: often(12),
          dress,
          value: tie('node'),
        }),
        { minLength: 0, maxLength: 4, selector: (entry) => entry.key },
      ),
    }),
    fc.record({
      kind: fc.constant('list' as const),
      flow: fc.option(flow, { freq: 3 }),
      indentless: fc.boolean(),
      items: fc.array(fc.record({ dress, value: tie('node') }), { minLength: 0, maxLength: 4 }),
    }),
  ),
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: depth, withCrossShrink: true },
    tie('scalar'),
    tie('collection'),
    tie('collection'),
  ),
})) as { readonly node: fc.Arbitrary<OddNode> };

const root = node.filter((value) => value.kind === 'map' || value.kind === 'list');

/** Texts of YAML as people and tools write it, and as nobody would; a few of them are not valid. */
export const oddYaml: fc.Arbitrary<string> = fc
  .record({
    root,
    newline: fc.constantFrom('\n', '\n', '\r\n'),
    bom: often(6),
    head: fc.constantFrom(
      '',
      '',
      '',
      '# head\n',
      '---\n',
      '# head\n\n',
      '--- # start\n',
      '%YAML 1.2\n---\n',
      '\n\n',
    ),
    tail: fc.constantFrom('', '', '', '\n', '# tail\n', '...\n', '\n# tail', '  # deep tail\n'),
  })
  .map(renderYaml);
