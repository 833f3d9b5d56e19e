'use client';

import { Panel } from '../../components/panel/panel.tsx';
import { Page } from '../../components/shell/page.tsx';
import { useQueryState } from '../../url/use-query-state.ts';
import { AccountTab } from './account-tab.tsx';
import { AuditTab } from './audit-tab.tsx';
import { HostsTab } from './hosts-tab.tsx';
import { RetentionTab } from './retention/retention-tab.tsx';
import css from './settings.module.css';
import { readSettingsTab, TAB_NAMES, tabsFor } from './settings-tabs.ts';
import { TokensTab } from './tokens-tab.tsx';
import { useWhoAmI } from './use-settings.ts';
import { UsersTab } from './users-tab.tsx';

const TABS = {
  account: AccountTab,
  users: UsersTab,
  tokens: TokensTab,
  hosts: HostsTab,
  retention: RetentionTab,
  audit: AuditTab,
};

/** Who may do what here, and what is kept? */
export function SettingsScreen() {
  const who = useWhoAmI();
  const { query, change } = useQueryState();
  const tabs = who.data === undefined ? [] : tabsFor(who.data);
  const tab = readSettingsTab(query.get('tab'), tabs);
  const Tab = tab === null ? null : TABS[tab];
  const beside = (
    <nav className={css['tabs']} aria-label="Settings">
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          className={css['tab']}
          aria-current={name === tab ? 'true' : undefined}
          onClick={() => change({ tab: name }, 'push')}
        >
          {TAB_NAMES[name]}
        </button>
      ))}
    </nav>
  );
  return (
    <Page name="Settings" ranged={false} beside={beside} foot={null}>
      <div className={css['body']}>
        {Tab === null ? (
          <Panel title="Settings" query={who} reading="who you are" empty={() => <NothingHere />}>
            {() => null}
          </Panel>
        ) : (
          <Tab />
        )}
      </div>
    </Page>
  );
}

function NothingHere() {
  return <p className={css['note']}>There is nothing here that your role may change. Ask an admin.</p>;
}
