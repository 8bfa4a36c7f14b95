import {
  Activity,
  Bell,
  HardDrive,
  Info,
  Keyboard,
  Monitor,
  Palette,
  ShieldCheck,
  Webhook,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { SettingsSection } from '#renderer/ui/navigation/route.ts';

export interface SectionFacts {
  readonly label: string;
  readonly icon: LucideIcon;
  /** More words that find it in the palette. */
  readonly keywords: readonly string[];
}

/** The sections of the settings, as the list at the left and the palette name them. */
export const SECTION_FACTS: Readonly<Record<SettingsSection, SectionFacts>> = {
  appearance: { label: 'Appearance', icon: Palette, keywords: ['theme', 'dark', 'light'] },
  notifications: {
    label: 'Notifications',
    icon: Bell,
    keywords: ['mail', 'e-mail', 'smtp', 'slack', 'teams', 'discord', 'webhook', 'rules'],
  },
  triggers: { label: 'Triggers', icon: Webhook, keywords: ['webhook', 'endpoint', 'port', 'signature'] },
  trust: { label: 'Trust', icon: ShieldCheck, keywords: ['trusted', 'revoke', 'permissions', 'safety'] },
  storage: {
    label: 'Storage',
    icon: HardDrive,
    keywords: ['retention', 'clean up', 'disk', 'cache', 'gc', 'data folder'],
  },
  telemetry: {
    label: 'Telemetry',
    icon: Activity,
    keywords: ['prometheus', 'metrics', 'opentelemetry', 'traces', 'otlp'],
  },
  machine: { label: 'This machine', icon: Monitor, keywords: ['doctor', 'tools', 'installed'] },
  keys: { label: 'Keys', icon: Keyboard, keywords: ['shortcuts', 'keyboard'] },
  about: { label: 'About', icon: Info, keywords: ['version'] },
};
