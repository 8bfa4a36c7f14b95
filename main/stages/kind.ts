import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import type { ReportType } from '#shared/run/events.ts';
import type { KindServices } from './services.ts';
import type { Tool } from './tools/tool.ts';

/** A kind of the stage catalog: what `uses: <id>` means. Built-in ones and those of plugins are the same to everyone else. */
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
  /** The reports that it leaves. */
  readonly reports?: readonly ReportType[];
  /** The tools that it may use, the preferred first; `doctor` looks for them. */
  readonly tools?: readonly Tool[];
  /** A typical `with`, valid against `settings`; an integration test runs it. */
  readonly example: Readonly<Record<string, unknown>>;
  /** It reads or writes files of the workspace itself, so it needs a place that shares them: not a host, nor a remote Docker. */
  readonly worksOnFiles?: true;
  /** What people are asked about before it first runs, for one that did not come with Pipewright. */
  readonly trust?: string;
  /** What a person would type to do the same; absent where no single command does. */
  preview?(settings: Readonly<Record<string, unknown>>): string;
  /**
   * Does the work for checked settings. Contract: `PreparedKind.run`.
   * @param settings what `settings` made of the stage's `with`
   */
  run(
    settings: Readonly<Record<string, unknown>>,
    context: KindContext,
    services: KindServices,
  ): Promise<KindResult>;
}

/** Makes a kind whose functions get its settings with their types. */
export function defineKind<Schema extends z.ZodObject>(
  kind: Omit<Kind, 'settings' | 'run' | 'preview'> & {
    readonly settings: Schema;
    preview?(settings: z.output<Schema>): string;
    run(settings: z.output<Schema>, context: KindContext, services: KindServices): Promise<KindResult>;
  },
): Kind {
  return {
    ...kind,
    preview: (settings) => kind.preview?.(settings as z.output<Schema>) ?? '',
    run: (settings, context, services) => kind.run(settings as z.output<Schema>, context, services),
  };
}

/** The JSON Schema (draft 7) of what a file may write in `with`. */
export const settingsJsonSchema = (kind: Kind): Record<string, unknown> => ({
  ...z.toJSONSchema(kind.settings, { target: 'draft-7', io: 'input' }),
});
