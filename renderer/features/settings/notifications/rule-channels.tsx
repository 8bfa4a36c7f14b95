import { Send } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextArea, TextField } from '#renderer/ui/text-field.tsx';
import { type TestChannel, WEBHOOK_FORMATS } from '#shared/api/setting-schemas.ts';
import { errorAt, type FieldErrors } from '../field-errors.ts';
import { TestResult } from '../test-result.tsx';
import { useTestMessage } from '../use-test-message.ts';
import { MessagePreview } from './message-preview.tsx';
import { channelOf, type RuleDraft } from './rule-draft.ts';
import { FORMAT_WORDS } from './rule-words.ts';
import styles from './notifications.module.css';

interface ChannelProps {
  readonly draft: RuleDraft;
  readonly errors: FieldErrors;
  readonly change: (patch: Partial<RuleDraft>) => void;
}

/** Telling by e-mail: a switch, and with it the fields. */
export function RuleEmail({ draft, errors, change }: ChannelProps) {
  return (
    <div>
      <Checkbox label="E-mail" checked={draft.email} onCheckedChange={(email) => change({ email })} />
      {draft.email && (
        <div className={styles['within']}>
          <TextField
            label="To"
            value={draft.to}
            onValueChange={(to) => change({ to })}
            error={errorAt(errors, 'email.to')}
            placeholder="team@example.org, you@example.org"
          />
          <TextField
            label="Subject"
            optional
            mono
            hint="May hold expressions, such as ${{ run.name }} or ${{ git.branch }}."
            value={draft.subject}
            onValueChange={(subject) => change({ subject })}
            error={errorAt(errors, 'email.subject')}
          />
          <Trial draft={draft} type="email" isReady={draft.to.trim() !== ''} />
        </div>
      )}
    </div>
  );
}

const FORMATS = WEBHOOK_FORMATS.map((value) => ({ value, label: FORMAT_WORDS[value] }));

/** Telling a chat or another program: a switch, and with it the fields. */
export function RuleWebhook({ draft, errors, change }: ChannelProps) {
  return (
    <div>
      <Checkbox
        label="Webhook"
        hint="A channel of Slack, Teams or Discord, or a program of yours."
        checked={draft.webhook}
        onCheckedChange={(webhook) => change({ webhook })}
      />
      {draft.webhook && (
        <div className={styles['within']}>
          <div className={styles['webhook']}>
            <Select
              label="Format"
              options={FORMATS}
              value={draft.format}
              onValueChange={(format) => change({ format })}
            />
            <TextField
              label="Address"
              mono
              hint="Or the name of the secret that is the address."
              value={draft.url}
              onValueChange={(url) => change({ url })}
              error={errorAt(errors, 'webhook.url')}
              placeholder="https://… or CHAT_URL"
            />
          </div>
          <TextArea
            label="Text"
            optional
            mono
            rows={2}
            hint="In place of Pipewright's own words; may hold expressions."
            value={draft.template}
            onValueChange={(template) => change({ template })}
            error={errorAt(errors, 'webhook.template')}
            placeholder="${{ run.name }} #${{ run.number }} ${{ run.status }}"
          />
          <Trial draft={draft} type="webhook" isReady={draft.url.trim() !== ''} />
        </div>
      )}
    </div>
  );
}

function Trial(props: {
  readonly draft: RuleDraft;
  readonly type: TestChannel['type'];
  readonly isReady: boolean;
}) {
  const { draft, type, isReady } = props;
  const test = useTestMessage();
  const input = {
    channel: channelOf(draft, type),
    change: draft.when[0] ?? 'failed',
    projectId: draft.projectId,
  } as const;
  return (
    <>
      <MessagePreview {...input} />
      <div className={styles['trial']}>
        <Button
          size="small"
          icon={<Send size={14} />}
          busy={test.isBusy}
          disabled={!isReady}
          onClick={() => void test.send(input)}
        >
          Send a test
        </Button>
        <TestResult result={test.result} />
      </div>
    </>
  );
}
