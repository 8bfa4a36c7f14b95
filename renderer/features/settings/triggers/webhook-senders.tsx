import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Group } from '../group.tsx';
import styles from '../settings.module.css';

const SENDERS: readonly { readonly name: string; readonly steps: string; readonly proof: string }[] = [
  {
    name: 'GitHub',
    steps:
      'Settings, Webhooks, Add webhook. Content type application/json; the value of the secret as Secret.',
    proof: 'X-Hub-Signature-256',
  },
  {
    name: 'GitLab',
    steps: 'Settings, Webhooks, Add new webhook. The value of the secret as Secret token.',
    proof: 'X-Gitlab-Token',
  },
  {
    name: 'Gitea',
    steps: 'Settings, Webhooks, Add webhook, Gitea. POST as application/json; the value as Secret.',
    proof: 'X-Gitea-Signature',
  },
];

/** How each sender is told the secret that both share, and by which header it proves that it knows it. */
export function WebhookSenders() {
  return (
    <Group
      title="How senders sign"
      hint={
        <>
          The secret is one of the{' '}
          <RouteLink className={styles['link']} to={{ screen: 'secrets' }}>
            secrets
          </RouteLink>
          : the one that the file names, else <code>PIPEWRIGHT_WEBHOOK_SECRET</code>. What is not signed with
          it is refused with 401 and not read.
        </>
      }
    >
      <ul>
        {SENDERS.map(({ name, steps, proof }) => (
          <li key={name} className={styles['sender']}>
            <span className={styles['label']}>{name}</span>
            <span className={styles['quietText']}>{steps}</span>
            <code className={styles['path']}>{proof}</code>
          </li>
        ))}
      </ul>
    </Group>
  );
}
