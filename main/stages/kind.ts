import { z } from 'zod';
import type { KindWork } from '#main/engine/ports.ts';

/** A kind of the stage catalog: what `uses: <id>` means. */
export interface Kind {
  /** `family.name`, such as `test.unit`. */
  readonly id: string;
  /** Two or three words, as the palette names it: `Unit tests`. */
  readonly title: string;
  /** One line for lists. */
  readonly summary: string;
  /** Markdown: what it does, what it leaves behind, when it fails. */
  readonly docs: string;
  /**
   * The keys of `with`, strict; each described, because the descriptions are the documentation. `meta` may add a `title`,
   * `examples`, and under `x-control` how the form asks for it (`globs`, `script`, `secret`), where the type does not say.
   */
  readonly settings: z.ZodObject;
  /** What a stage of it hands on besides its own `outputs`: what each means, by name. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** A typical `with`, valid against `settings`. */
  readonly example: Readonly<Record<string, unknown>>;
  /**
   * What to execute for checked settings.
   * @param settings what `settings` made of the stage's `with`
   */
  work(settings: Readonly<Record<string, unknown>>): KindWork;
}

/** Makes a kind whose `work` gets its settings with their types. */
export function defineKind<Schema extends z.ZodObject>(
  kind: Omit<Kind, 'settings' | 'work'> & {
    readonly settings: Schema;
    work(settings: z.output<Schema>): KindWork;
  },
): Kind {
  return {
    ...kind,
    work: (settings) => kind.work(settings as z.output<Schema>),
  };
}

/** The JSON Schema (draft 7) of what a file may write in `with`. */
export const settingsJsonSchema = (kind: Kind): Record<string, unknown> => ({
  ...z.toJSONSchema(kind.settings, { target: 'draft-7', io: 'input' }),
});
