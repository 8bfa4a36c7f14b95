import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { useTrustQuestion, type TrustQuestion } from '#renderer/bridge/trust-question.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { CodeText } from '#renderer/ui/code-text.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TrustItems } from './trust-items.tsx';
import { TrustStages } from './trust-stages.tsx';
import styles from './trust.module.css';

/** Shows what a pipeline would execute before its first run, or after its rights have changed. Mounted once. */
export function TrustDialog() {
  const question = useTrustQuestion((state) => state.question);
  return question === null ? null : <Question key={question.view.digest} {...question} />;
}

function Question({ projectId, view: initial, answer }: TrustQuestion) {
  const { client, cache } = useBridge();
  const [view, setView] = useState(initial);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { file, name, projectDir, status, stages } = view;

  const trust = async (): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    try {
      await client.trust.grant({ projectId, file, digest: view.digest });
      cache.invalidate(['runs']);
      answer(true);
      return;
    } catch (error) {
      setFailure(toFailure(error));
    }
    // What is shown must be what is trusted: the file may have changed meanwhile.
    await client.trust.get({ projectId, file }).then(setView, () => undefined);
    setIsBusy(false);
  };

  return (
    <Dialog
      open
      onOpenChange={() => answer(false)}
      width={640}
      title={
        status === 'changed'
          ? 'Run this pipeline with what has changed?'
          : 'Run this pipeline for the first time?'
      }
      description={
        <>
          {name}, <CodeText>{file}</CodeText> in <CodeText>{projectDir}</CodeText>, runs commands on this
          machine in your name.
        </>
      }
      footer={
        <>
          <Button onClick={() => answer(false)}>Cancel</Button>
          <Button
            variant="primary"
            busy={isBusy}
            icon={<ShieldCheck size={14} />}
            onClick={() => void trust()}
          >
            Trust and run
          </Button>
        </>
      }
    >
      <div className={styles['facts']}>
        {failure !== null && (
          <Callout kind="error" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
        <TrustItems view={view} />
        <TrustStages stages={stages} />
        <p className={styles['note']}>
          <ShieldAlert size={14} />
          You are asked again when its triggers or rights change, not when its commands do.
        </p>
      </div>
    </Dialog>
  );
}
