import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import {
  HOST_TEST_STEPS,
  type HostKey,
  type HostTestEvent,
  type HostTestStep,
} from '#shared/api/host-schemas.ts';
import { AcceptKey } from './accept-key.tsx';
import { StateSign } from './host-state.tsx';
import { type HostTest, resultWords, STEP_TITLES } from './test-words.ts';
import styles from './hosts.module.css';

export interface TestStepsProps {
  readonly name: string;
  readonly test: HostTest;
  /** A key was accepted: the test is worth trying again. */
  readonly onAccepted: () => void;
}

/** The steps of a test, as they become known, each with its way out. */
export function TestSteps({ name, test, onAccepted }: TestStepsProps) {
  const [asked, setAsked] = useState<HostKey | null>(null);
  return (
    <>
      <ol className={styles['steps']} aria-label="Steps of the test" data-selectable>
        {HOST_TEST_STEPS.map((step) => (
          <Step key={step} step={step} event={test.steps[step]} onAccept={setAsked} />
        ))}
      </ol>
      <p className={styles['result']} role="status">
        {resultWords(test)}
      </p>
      <AcceptKey name={name} hostKey={asked} onClose={() => setAsked(null)} onAccepted={onAccepted} />
    </>
  );
}

interface StepProps {
  readonly step: HostTestStep;
  readonly event: HostTestEvent | undefined;
  readonly onAccept: (key: HostKey) => void;
}

function Step({ step, event, onAccept }: StepProps) {
  const status = event?.status ?? 'open';
  return (
    <li className={styles['step']} data-status={status}>
      <span className={styles['sign']}>
        <StateSign status={status} />
      </span>
      <div className={styles['told']}>
        <div className={styles['what']}>
          {STEP_TITLES[step]}
          <VisuallyHidden>: {status}</VisuallyHidden>
        </div>
        {event?.words != null && <div className={styles['words']}>{event.words}</div>}
        {event?.wayOut != null && <div className={styles['out']}>{event.wayOut}</div>}
        {event?.offeredKey != null && <Offer offered={event.offeredKey} onAccept={onAccept} />}
      </div>
    </li>
  );
}

function Offer({
  offered,
  onAccept,
}: {
  readonly offered: HostKey;
  readonly onAccept: (key: HostKey) => void;
}) {
  return (
    <div className={styles['offer']}>
      <Button size="small" icon={<KeyRound size={14} />} onClick={() => onAccept(offered)}>
        Accept this key
      </Button>
    </div>
  );
}
