import { Send } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { NotificationSettings } from '#shared/api/setting-schemas.ts';
import { FormCard } from '../form-card.tsx';
import { SecretSelect } from '../secret-select.tsx';
import { TestResult } from '../test-result.tsx';
import { useSectionForm } from '../use-section-form.ts';
import { useSaveSetting } from '../use-settings.ts';
import { useTestMessage } from '../use-test-message.ts';
import { readSmtpDraft, smtpDraft, type SmtpDraft } from './smtp-draft.ts';
import styles from '../settings.module.css';

const SECURITY: readonly { readonly value: SmtpDraft['security']; readonly label: string }[] = [
  { value: 'starttls-required', label: 'STARTTLS, required' },
  { value: 'starttls', label: 'STARTTLS, if the server has it' },
  { value: 'tls', label: 'TLS from the first byte' },
];

/** How e-mail leaves: the server, who one is there, and a message to try it before it is saved. */
export function SmtpForm({ notifications }: { readonly notifications: NotificationSettings }) {
  const save = useSaveSetting();
  const test = useTestMessage();
  const [testTo, setTestTo] = useState('');
  const form = useSectionForm({
    section: 'notifications',
    stored: smtpDraft(notifications.smtp),
    read: readSmtpDraft,
    save: (smtp) => save({ section: 'notifications', value: { ...notifications, smtp } }),
  });
  const { draft, errors, change } = form;
  const sendTest = (): void => {
    const read = readSmtpDraft(draft);
    if (!read.ok) {
      form.showErrors();
      return;
    }
    if (read.value === null) test.say({ sent: false, words: 'Enter the mail server first.' });
    else
      void test.send({
        channel: { type: 'email', to: [testTo.trim()], subject: 'Test message of Pipewright' },
        smtp: read.value,
      });
  };
  return (
    <FormCard form={form}>
      <div className={styles['row']}>
        <TextField
          label="Server"
          value={draft.host}
          onValueChange={(host) => change({ host })}
          error={errors['host']}
          placeholder="smtp.example.org"
        />
        <div className={styles['narrow']}>
          <TextField
            label="Port"
            value={draft.port}
            onValueChange={(port) => change({ port })}
            error={errors['port']}
            inputMode="numeric"
          />
        </div>
        <Select
          label="Encryption"
          options={SECURITY}
          value={draft.security}
          onValueChange={(security) => change({ security })}
        />
      </div>
      <div className={styles['row']}>
        <TextField
          label="User"
          optional
          value={draft.user}
          onValueChange={(user) => change({ user })}
          error={errors['user']}
        />
        <SecretSelect
          label="Password"
          optional
          value={draft.passwordSecret}
          onValueChange={(passwordSecret) => change({ passwordSecret })}
          error={errors['passwordSecret']}
        />
      </div>
      <TextField
        label="From"
        value={draft.from}
        onValueChange={(from) => change({ from })}
        error={errors['from']}
        placeholder="Pipewright <ci@example.org>"
      />
      <div className={styles['test']}>
        <TextField
          label="Send a test to"
          value={testTo}
          onValueChange={setTestTo}
          placeholder="you@example.org"
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            if (testTo.trim() !== '') sendTest();
          }}
        />
        <Button
          icon={<Send size={14} />}
          busy={test.isBusy}
          disabled={testTo.trim() === ''}
          onClick={sendTest}
        >
          Send a test
        </Button>
        <TestResult result={test.result} />
      </div>
    </FormCard>
  );
}
