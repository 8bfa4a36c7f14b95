import type { ValuePath } from '../source-map.ts';
import type { TextEdit } from './text-edit.ts';

/** What a YAML file can hold, as plain JavaScript. */
export type YamlValue =
  null | string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/**
 * One change of a pipeline file. Each turns into the fewest edits of its text, so that comments, order, quotes and blank
 * lines stay. `scope` is the list of stages that is meant: that of the file (null), or of one of its `pipelines`.
 */
export type Operation =
  /** A stage at the end of the list, or behind `after`. */
  | {
      readonly type: 'add-stage';
      readonly scope: string | null;
      readonly id: string;
      readonly value: YamlValue;
      readonly after?: string;
    }
  /** A stage that needs `source` and that `target` needs instead of it. */
  | {
      readonly type: 'insert-between';
      readonly scope: string | null;
      readonly id: string;
      readonly value: YamlValue;
      readonly source: string;
      readonly target: string;
    }
  /** With their comments. What needs them needs what they needed, if `heal`; else it needs them no longer. */
  | {
      readonly type: 'delete-stages';
      readonly scope: string | null;
      readonly ids: readonly string[];
      readonly heal: boolean;
    }
  /** Also in `needs`, and in expressions that read it. */
  | {
      readonly type: 'rename-stage';
      readonly scope: string | null;
      readonly id: string;
      readonly to: string;
    }
  /** Copies of their text behind the last of them, which need each other as the originals do. */
  | {
      readonly type: 'duplicate-stages';
      readonly scope: string | null;
      /** The new id by that of the original. */
      readonly ids: Readonly<Record<string, string>>;
    }
  /** Text of stages as `copyStages` gives it; ids that are taken get a number. */
  | {
      readonly type: 'paste-stages';
      readonly scope: string | null;
      readonly text: string;
      readonly after?: string;
    }
  /** Its place in the file: before another stage, or at the end. */
  | {
      readonly type: 'move-stage';
      readonly scope: string | null;
      readonly id: string;
      readonly before: string | null;
    }
  /** As `move-stage`, for several, which keep the order that they have among themselves. */
  | {
      readonly type: 'move-stages';
      readonly scope: string | null;
      readonly ids: readonly string[];
      readonly before: string | null;
    }
  /** `target` needs `source`. Refused with the circle that it would make. */
  | {
      readonly type: 'connect';
      readonly scope: string | null;
      readonly source: string;
      readonly target: string;
    }
  | {
      readonly type: 'disconnect';
      readonly scope: string | null;
      readonly source: string;
      readonly target: string;
    }
  /** Sets a value, and makes the mappings on the way to it; `undefined` removes the key, and what it leaves empty. */
  | {
      readonly type: 'set-field';
      readonly path: ValuePath;
      readonly value: YamlValue | undefined;
    }
  /** Another name for the last key of the path, which keeps its place and its value. */
  | { readonly type: 'rename-key'; readonly path: ValuePath; readonly to: string }
  /** A new item of the list at `path`, which is made if it is not there; -1: at the end. */
  | {
      readonly type: 'insert-item';
      readonly path: ValuePath;
      readonly index: number;
      readonly value: YamlValue;
    }
  | { readonly type: 'move-item'; readonly path: ValuePath; readonly from: number; readonly to: number }
  /** What the stages have in common becomes a template that they extend. */
  | {
      readonly type: 'extract-template';
      readonly scope: string | null;
      readonly ids: readonly string[];
      readonly template: string;
    }
  /** The stages become a pipeline of the file, and one stage that calls it. */
  | {
      readonly type: 'extract-pipeline';
      readonly ids: readonly string[];
      readonly pipeline: string;
      readonly stage: string;
    };

/** What an operation comes to: edits in the order of their places, or one sentence that says why it cannot be done. */
export type OperationResult =
  | { readonly ok: true; readonly edits: readonly TextEdit[]; readonly text: string }
  | { readonly ok: false; readonly reason: string };
