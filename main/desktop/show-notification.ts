import { Notification } from 'electron';

/** Held until they are gone: a collected notification would lose its click. */
const shown = new Set<Notification>();

/** Shows a notification of the system, where it has such. */
export function showNotification(title: string, body: string, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  const forget = (): void => void shown.delete(notification);
  shown.add(notification);
  notification.on('click', () => {
    forget();
    onClick();
  });
  notification.on('close', forget);
  notification.on('failed', forget);
  notification.show();
}
