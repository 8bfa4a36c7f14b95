import type { YamlValue } from '#shared/pipeline/edits/operation.ts';

/** How a text is asked for. */
export const TEXT_CONTROLS = ['line', 'script', 'condition', 'secret', 'words', 'cron'] as const;
export type TextControl = (typeof TEXT_CONTROLS)[number];

/** How a list of texts is asked for. */
export const TEXTS_CONTROLS = ['chips', 'globs', 'secrets', 'lines'] as const;
export type TextsControl = (typeof TEXTS_CONTROLS)[number];

/** What a value can be, as far as a form has to know it. */
export type FieldShape =
  | { readonly type: 'text'; readonly control: TextControl; readonly pattern: string | null }
  | {
      readonly type: 'number';
      readonly isInteger: boolean;
      /** May be that itself, unless `isAbove`. */
      readonly least: number | null;
      readonly isAbove: boolean;
      readonly most: number | null;
    }
  | { readonly type: 'boolean' }
  | { readonly type: 'choice'; readonly options: readonly string[] }
  | { readonly type: 'duration' }
  | { readonly type: 'size' }
  /** A text, a number or a boolean, as it is written; `types` are those of JSON Schema. */
  | { readonly type: 'scalar'; readonly types: readonly string[] }
  /** `alone`: one of them may stand for a list of it. `options`: nothing else. `isScalar`: numbers and booleans, too. */
  | {
      readonly type: 'texts';
      readonly control: TextsControl;
      readonly alone: boolean;
      readonly options: readonly string[] | null;
      readonly isScalar: boolean;
    }
  | { readonly type: 'list'; readonly item: FieldShape; readonly alone: boolean }
  | { readonly type: 'map'; readonly value: FieldShape; readonly keyPattern: string | null }
  /**
   * `short`: the value of this key may stand for all of it. `flag`: `true` stands for it without any key. `nothing`: so
   * does an empty value.
   */
  | {
      readonly type: 'object';
      readonly fields: readonly FieldSpec[];
      readonly short: string | null;
      readonly flag: boolean;
      readonly nothing: boolean;
    }
  /** One of several that have little in common. */
  | { readonly type: 'either'; readonly options: readonly EitherOption[] }
  /** What a form cannot ask for. */
  | { readonly type: 'yaml' };

export interface EitherOption {
  readonly label: string;
  readonly shape: FieldShape;
}

/** A key with what a form says about it. */
export interface FieldSpec {
  readonly key: string;
  readonly title: string;
  /** One sentence; may hold `code`. */
  readonly help: string;
  readonly shape: FieldShape;
  /** What holds when nothing is written; undefined: nothing. */
  readonly initial: YamlValue | undefined;
  readonly examples: readonly YamlValue[];
  readonly isRequired: boolean;
  /** Something new begins with it, although there is another way. */
  readonly isUsual?: boolean;
  /** Seldom wanted: among other keys, it is asked for once somebody asks for it. */
  readonly isRare?: boolean;
}

export type ShapeOf<Type extends FieldShape['type']> = Extract<FieldShape, { type: Type }>;
