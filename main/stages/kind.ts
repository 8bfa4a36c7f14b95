import type { z } from 'zod';
import type { KindWork } from '#main/engine/ports.ts';

/** A kind of the stage catalog: what `uses: <id>` means. */
export interface Kind {
  /** `family.name`, such as `test.unit`. */
  readonly id: string;
  /** One line for lists. */
  readonly summary: string;
  /** Markdown: what it does, what it leaves behind, when it fails. */
  readonly docs: string;
  /** The keys of `with`, strict; each described, because the descriptions are the documentation. */
  readonly settings: z.ZodObject;
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
