import type { ReactNode } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import type { SectionForm } from './use-section-form.ts';
import styles from './settings.module.css';

export interface FormCardProps<Draft extends object> {
  readonly form: SectionForm<Draft>;
  /** Beside Save: a test. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The fields of a section with Save and Discard below; Enter and mod+S save. */
export function FormCard<Draft extends object>({ form, actions, children }: FormCardProps<Draft>) {
  const { isDirty, isSaving, failure } = form;
  useShortcut('mod+s', () => void form.save(), { enabled: isDirty, whileTyping: true });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty) void form.save();
      }}
    >
      <div className={styles['fields']}>
        {failure !== null && (
          <Callout kind="error" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
        {children}
      </div>
      <footer className={styles['footer']}>
        <div className={styles['footerStart']}>{actions}</div>
        {isDirty && (
          <Button variant="ghost" onClick={form.discard}>
            Discard
          </Button>
        )}
        <Button type="submit" variant="primary" disabled={!isDirty} busy={isSaving}>
          Save
        </Button>
      </footer>
    </form>
  );
}
