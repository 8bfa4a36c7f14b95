import { Callout } from '#renderer/ui/callout.tsx';
import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import type { TriggerSettings } from '#shared/api/setting-schemas.ts';
import { FormCard } from '../form-card.tsx';
import { Group } from '../group.tsx';
import { useSectionForm } from '../use-section-form.ts';
import { useSaveSetting } from '../use-settings.ts';
import { WebhookAddresses } from './webhook-addresses.tsx';
import { isLoopback, readWebhookDraft, webhookDraft } from './webhook-draft.ts';
import { WebhookSenders } from './webhook-senders.tsx';
import styles from '../settings.module.css';

/** Where webhooks are taken, the addresses to give to senders, and how each of them signs. */
export function TriggersSection({ triggers }: { readonly triggers: TriggerSettings }) {
  const { cache } = useBridge();
  const save = useSaveSetting();
  const form = useSectionForm({
    section: 'triggers',
    stored: webhookDraft(triggers),
    read: readWebhookDraft,
    save: async (value) => {
      await save({ section: 'triggers', value });
      cache.invalidate(['runs', 'triggers']);
    },
  });
  const { draft, errors, change } = form;
  return (
    <>
      <Group
        title="Webhook endpoint"
        hint="Takes webhooks of GitHub, GitLab and Gitea while a pipeline listens. A change holds at once."
      >
        <FormCard form={form}>
          <Checkbox
            label="Take webhooks"
            hint="Off: nothing listens, whatever pipeline files say."
            checked={draft.enabled}
            onCheckedChange={(enabled) => change({ enabled })}
          />
          <div className={styles['row']}>
            <TextField
              label="Address to listen on"
              mono
              value={draft.host}
              onValueChange={(host) => change({ host })}
              error={errors['webhookHost']}
              hint="127.0.0.1: this machine alone; a reverse proxy or a tunnel brings in the rest."
            />
            <div className={styles['narrow']}>
              <TextField
                label="Port"
                inputMode="numeric"
                value={draft.port}
                onValueChange={(port) => change({ port })}
                error={errors['webhookPort']}
              />
            </div>
          </div>
          {!isLoopback(draft.host) && draft.host.trim() !== '' && (
            <Callout kind="warning" title="Other machines can reach this address.">
              Only signed payloads start a run, but they travel without encryption.
            </Callout>
          )}
        </FormCard>
      </Group>
      <WebhookAddresses />
      <WebhookSenders />
    </>
  );
}
