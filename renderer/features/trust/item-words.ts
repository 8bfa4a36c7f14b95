import { Bell, Boxes, FolderOpen, KeyRound, ListEnd, Plug, Server, Zap, type LucideIcon } from 'lucide-react';
import type { TrustItem, TrustKind } from '#shared/pipeline/trust-facts.ts';

const KINDS: Readonly<Record<TrustKind, { readonly label: string; readonly icon: LucideIcon }>> = {
  trigger: { label: 'Starts by itself', icon: Zap },
  workspace: { label: 'Works in', icon: FolderOpen },
  secret: { label: 'Reads the secret', icon: KeyRound },
  notification: { label: 'Sends', icon: Bell },
  hook: { label: 'Runs after', icon: ListEnd },
  'runs-on': { label: 'Runs elsewhere', icon: Server },
  container: { label: 'Container', icon: Boxes },
  service: { label: 'Service', icon: Boxes },
  plugin: { label: 'Plugin', icon: Plug },
};

/** A trigger or a privileged option for people: its icon, what it is, and what the file says. */
export function itemWords({ kind, text }: TrustItem): {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly text: string;
} {
  return { ...KINDS[kind], text: kind === 'workspace' ? 'the project folder itself, not a copy' : text };
}
