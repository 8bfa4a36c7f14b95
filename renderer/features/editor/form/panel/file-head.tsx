import { ArrowLeft } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { useDocument, useDocumentActions } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { FieldNotes } from '../field-notes.tsx';
import { useFormData } from '../form-data.ts';
import { FILE_SECTIONS, PIPELINE_SECTIONS } from '../sections/file-sections.ts';
import { hasSection } from '../sections/form-section.ts';
import { stageIdsOf } from '../../document/stage-ids.ts';
import { BrokenNote } from './broken-note.tsx';
import styles from './heads.module.css';

const selectHead = ({ analysis, file, scope }: DocumentState) => ({
  file,
  name: analysis?.name ?? null,
  count: analysis === null ? 0 : stageIdsOf(analysis.stages, scope).size,
});

/** What the form below is about while no stage is chosen. */
export function FileHead({ scope }: { readonly scope: string | null }) {
  const actions = useDocumentActions();
  const { file, name, count } = useDocument(selectHead);
  const stages = count === 1 ? '1 stage' : `${count} stages`;
  if (scope === null) {
    return (
      <header className={styles['head']}>
        <h2 className={styles['title']}>{name ?? file}</h2>
        <p className={styles['quiet']}>
          {count === 0
            ? `No stages in ${file} yet.`
            : `${stages} in ${file}. Choose one to see what it does.`}
        </p>
        <BrokenNote />
        <OwnIssues scope={scope} />
      </header>
    );
  }
  return (
    <header className={styles['head']}>
      <Button
        size="small"
        variant="ghost"
        icon={<ArrowLeft size={14} />}
        onClick={() => actions.showScope(null)}
      >
        Back to the file
      </Button>
      <h2 className={styles['title']}>{scope}</h2>
      <p className={styles['quiet']}>A pipeline of {stages} that other stages call.</p>
      <BrokenNote />
      <OwnIssues scope={scope} />
    </header>
  );
}

/** What is wrong with the file as a whole, or with a part of it that no field below is about. */
function OwnIssues({ scope }: { readonly scope: string | null }) {
  const { issues, roots } = useFormData();
  const depth = roots[0]?.path.length ?? 0;
  const sections = scope === null ? FILE_SECTIONS : PIPELINE_SECTIONS;
  const own = issues.filter(({ valuePath }) => !hasSection(sections, String(valuePath[depth] ?? '')));
  return own.length > 0 && <FieldNotes problem={null} issues={own} />;
}
