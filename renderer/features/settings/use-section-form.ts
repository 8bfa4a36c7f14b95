import { useState } from 'react';
import { create } from 'zustand';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import type { SettingsSection } from '#renderer/ui/navigation/route.ts';
import type { FieldErrors, ReadDraft } from './field-errors.ts';

/** What was entered and not saved, by section: it outlives a look at another screen. */
const useDrafts = create<Partial<Record<SettingsSection, unknown>>>()(() => ({}));

function setDraft(section: SettingsSection, draft: unknown): void {
  useDrafts.setState({ [section]: draft });
}

/** Whether a section has entries that are not saved. */
export const useHasDraft = (section: SettingsSection): boolean =>
  useDrafts((drafts) => drafts[section] !== undefined);

export interface SectionFormOptions<Draft extends object, Value> {
  readonly section: SettingsSection;
  /** What is stored, as its fields show it. */
  readonly stored: Draft;
  readonly read: (draft: Draft) => ReadDraft<Value>;
  readonly save: (value: Value) => Promise<void>;
}

export interface SectionForm<Draft extends object> {
  readonly draft: Draft;
  readonly change: (patch: Partial<Draft>) => void;
  /** Empty until it was tried to save. */
  readonly errors: FieldErrors;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** Why the last save failed. */
  readonly failure: Failure | null;
  /** Shows what stands in the way, as a try to save does. */
  readonly showErrors: () => void;
  readonly save: () => Promise<void>;
  readonly discard: () => void;
}

/** A form over a section: nothing is stored before `save`, and what was entered is kept until then. */
export function useSectionForm<Draft extends object, Value>(
  options: SectionFormOptions<Draft, Value>,
): SectionForm<Draft> {
  const { section, stored, read } = options;
  const entered = useDrafts((drafts) => drafts[section]) as Draft | undefined;
  const [isTried, setIsTried] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const draft = entered ?? stored;
  const result = isTried ? read(draft) : null;

  const discard = (): void => {
    setDraft(section, undefined);
    setIsTried(false);
    setFailure(null);
  };
  const save = async (): Promise<void> => {
    setIsTried(true);
    const wanted = read(draft);
    if (!wanted.ok || isSaving) return;
    setIsSaving(true);
    try {
      await options.save(wanted.value);
      discard();
    } catch (error) {
      setFailure(toFailure(error));
    } finally {
      setIsSaving(false);
    }
  };
  return {
    draft,
    change: (patch) => {
      const next = { ...draft, ...patch };
      setDraft(section, JSON.stringify(next) === JSON.stringify(stored) ? undefined : next);
    },
    errors: result === null || result.ok ? {} : result.errors,
    isDirty: entered !== undefined,
    isSaving,
    failure,
    showErrors: () => setIsTried(true),
    save,
    discard,
  };
}
