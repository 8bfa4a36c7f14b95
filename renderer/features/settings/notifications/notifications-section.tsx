import type { NotificationSettings } from '#shared/api/setting-schemas.ts';
import { Group } from '../group.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { RuleList } from './rule-list.tsx';
import { SmtpForm } from './smtp-form.tsx';

/** Who is told of what, through which mail server, and what became of it. */
export function NotificationsSection({ notifications }: { readonly notifications: NotificationSettings }) {
  return (
    <>
      <RuleList notifications={notifications} />
      <Group
        title="Mail server"
        hint="For rules and pipeline files that tell by e-mail. Without one, no e-mail is sent."
      >
        <SmtpForm notifications={notifications} />
      </Group>
      <DeliveryList />
    </>
  );
}
