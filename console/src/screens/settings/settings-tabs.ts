import type { WhoAmI } from '@streamswarm/contract/wire/access';

export const SETTINGS_TABS = ['account', 'users', 'tokens', 'hosts', 'retention', 'audit'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

export const TAB_NAMES: Readonly<Record<SettingsTab, string>> = {
  account: 'My account',
  users: 'Users',
  tokens: 'API tokens',
  hosts: 'Join tokens',
  retention: 'Retention',
  audit: 'Audit',
};

/** The tabs that somebody may see: an own account has who logged in, the rest is for admins. */
export function tabsFor(who: Pick<WhoAmI, 'kind' | 'role'>): SettingsTab[] {
  return SETTINGS_TABS.filter((tab) => (tab === 'account' ? who.kind === 'user' : who.role === 'admin'));
}

/** The tab that an address asks for, or the first there is; null where there is none. */
export function readSettingsTab(text: string | null, tabs: readonly SettingsTab[]): SettingsTab | null {
  return tabs.find((tab) => tab === text) ?? tabs[0] ?? null;
}
