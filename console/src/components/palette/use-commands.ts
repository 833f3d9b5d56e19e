'use client';

import { useMemo } from 'react';
import { type Action, useTestAction } from '../../api/actions.ts';
import { useAgents, useTests } from '../../api/queries.ts';
import { agentState } from '../../screens/agent-detail/agent-state.ts';
import { hasRunGoing } from '../../screens/tests/test-state.ts';
import { agentHref } from '../../url/agent-href.ts';
import { pathHref } from '../../url/path-href.ts';
import { useRange } from '../../url/use-query-state.ts';
import type { KeyActs } from '../shell/key-map.ts';
import { PLACES } from '../shell/nav.ts';
import { useKeyActs } from '../shell/use-keys.ts';
import type { Command } from './find-commands.ts';

export interface RunnableCommand extends Command {
  /** A promise where the operator has to agree. */
  readonly run: () => unknown;
}

/** Everything that can be gone to or done from anywhere. */
export function useCommands(): RunnableCommand[] {
  const acts = useKeyActs();
  const tests = useTests(useRange()).data?.items;
  const agents = useAgents().data?.items;
  const { mutateAsync } = useTestAction();
  return useMemo(() => {
    const goTests = (tests ?? []).map((test) => {
      const name = `${test.namespace}/${test.name}`;
      const run = (): void => acts.go(`/tests/view/?test=${name}`);
      return { id: `test ${name}`, group: 'Tests', title: name, note: test.state, run };
    });
    const goAgents = (agents ?? []).map((agent) => ({
      id: `agent ${agent.name}`,
      group: 'Agents',
      title: agent.name,
      note: agentState(agent).word,
      run: () => acts.go(agentHref(agent.name)),
    }));
    const testActions = (tests ?? []).flatMap((test) => {
      const name = `${test.namespace}/${test.name}`;
      const offered: readonly (readonly [string, Action])[] = [
        ...(hasRunGoing(test) ? [['Stop', 'stop'] as const] : []),
        ...(test.state === 'Suspended'
          ? [['Resume', 'resume'] as const]
          : ([
              ['Run now', 'start'],
              ['Suspend', 'suspend'],
            ] as const)),
      ];
      return offered.map(([word, action]) => ({
        id: `${action} ${name}`,
        // Last, so that Enter after a name leads to it and never stops it.
        group: 'On tests',
        title: `${word} ${name}`,
        onlySearched: true,
        run: () => mutateAsync({ action, tests: [test] }),
      }));
    });
    const goPaths = (tests ?? []).map((test) => {
      const name = `${test.namespace}/${test.name}`;
      const run = (): void => acts.go(pathHref({ test: name }, new URLSearchParams()));
      return { id: `paths ${name}`, group: 'Paths', title: `Paths of ${name}`, onlySearched: true, run };
    });
    return [...pages(acts), ...actions(acts), ...goTests, ...goAgents, ...goPaths, ...testActions];
  }, [acts, tests, agents, mutateAsync]);
}

/** Names that people know from elsewhere. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  Overview: ['dashboard', 'home'],
  Paths: ['trace', 'traceroute', 'hops', 'route'],
  Agents: ['clients', 'nodes', 'hosts'],
  Settings: ['users', 'tokens', 'audit', 'password', 'account'],
};

function pages({ go }: KeyActs): RunnableCommand[] {
  return PLACES.map(({ name, href, key }) => ({
    id: `page ${name}`,
    group: 'Pages',
    title: name,
    note: `G ${key}`,
    aliases: ALIASES[name] ?? [],
    run: () => go(href),
  }));
}

function actions(acts: KeyActs): RunnableCommand[] {
  const action = (title: string, run: () => void, rest: Partial<Command> = {}): RunnableCommand => ({
    id: title,
    group: 'Actions',
    title,
    run,
    ...rest,
  });
  return [
    action('Create test', () => acts.go('/tests/new/'), { note: 'N', aliases: ['new'] }),
    action('Add host', () => acts.go('/agents/?add=host'), { aliases: ['join', 'agent', 'token'] }),
    action('Light or dark', acts.toggleTheme, { note: 'L', aliases: ['theme'] }),
    action('Live or held', acts.toggleLive, { note: '.', aliases: ['pause', 'hold'] }),
    action('Copy link to this view', acts.copyLink, { note: 'Y', aliases: ['share', 'address', 'url'] }),
    action('Charts as tables', acts.toggleTables, { note: 'Shift T' }),
    action('Read again', acts.readAgain, { note: 'R', aliases: ['refresh', 'reload'] }),
    action('Keys', acts.openKeys, { note: '?', aliases: ['help', 'shortcuts'] }),
  ];
}
