import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { Spinner } from './spinner.tsx';
import { dismissToast, useToasts, type ToastMessage } from './toast-store.ts';
import { toneColour } from './tone.ts';
import styles from './toast-region.module.css';

const ICONS = {
  neutral: <Info size={16} />,
  running: <Spinner size={16} />,
  succeeded: <CircleCheck size={16} />,
  failed: <CircleAlert size={16} />,
  warning: <TriangleAlert size={16} />,
} satisfies Record<NonNullable<ToastMessage['tone']>, unknown>;

/** Where toasts appear; once, in the app. Alt+T brings the focus there. A failure stays until it is dismissed. */
export function ToastRegion() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <Radix.Provider swipeDirection="right">
      {toasts.map(({ key, title, body, tone = 'neutral', action }) => (
        <Radix.Root
          key={key}
          className={styles['toast']}
          type={tone === 'failed' ? 'foreground' : 'background'}
          duration={tone === 'failed' ? Infinity : 6_000}
          onOpenChange={(open) => {
            if (!open) dismissToast(key);
          }}
        >
          <span className={styles['icon']} style={{ color: toneColour(tone) }}>
            {ICONS[tone]}
          </span>
          <div className={styles['words']}>
            <Radix.Title className={styles['title']}>{title}</Radix.Title>
            {body !== undefined && <Radix.Description className={styles['body']}>{body}</Radix.Description>}
          </div>
          {action !== undefined && (
            <Radix.Action asChild altText={action.label}>
              <Button size="small" onClick={action.run}>
                {action.label}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton label="Dismiss" icon={<X size={14} />} size="small" />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className={styles['region']} hotkey={['altKey', 'KeyT']} />
    </Radix.Provider>
  );
}
