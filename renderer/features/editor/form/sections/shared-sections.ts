import type { FormSection } from './form-section.ts';
import { STAGE_SECTIONS } from './stage-sections.ts';

/** What each stage has for itself: what it is called, what it does, and what it makes. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  ...['name', 'run', 'uses', 'with', 'steps', 'approval', 'pipeline'],
  ...['matrix', 'outputs', 'artifacts'],
]);

/** The sections of a stage that make sense for several at once. */
export const SHARED_SECTIONS: readonly FormSection[] = STAGE_SECTIONS.filter(
  ({ content }) => content === undefined,
).flatMap((section) => {
  const keys = section.keys.filter((key) => !OWN_KEYS.has(key));
  return keys.length === 0 ? [] : [{ ...section, keys }];
});
