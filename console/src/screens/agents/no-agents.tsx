'use client';

import { useKubernetes } from '../../api/queries.ts';
import { CommandLine } from '../../components/command/command-line.tsx';
import { Empty } from '../../components/panel/panel.tsx';
import { Button } from '../../components/shell/button.tsx';
import css from './agents.module.css';
import type { AgentTab } from './filter-agents.ts';

const PODS =
  'kubectl get pods --all-namespaces --output wide --selector app.kubernetes.io/name=streamswarm,app.kubernetes.io/component=agent';

interface NoAgentsProps {
  readonly any: boolean;
  readonly tab: AgentTab;
  readonly onAdd: () => void;
}

/** Why no agent is listed, and what to do next. */
export function NoAgents({ any, tab, onAdd }: NoAgentsProps) {
  const kubernetes = useKubernetes();
  if (tab === 'Gone')
    return (
      <Empty title="No agent is gone.">
        An agent whose node or host was taken away is kept here, with all that it measured.
      </Empty>
    );
  if (any && tab === 'Hosts')
    return (
      <>
        <Empty title="No host has joined.">
          A machine outside the cluster joins with one command: create a token for it, and run what is shown.
        </Empty>
        <Button onClick={onAdd}>Add host</Button>
      </>
    );
  if (any) return <Empty title="No agent fits the filter.">Take words away, or choose another tab.</Empty>;
  return (
    <>
      {kubernetes === true ? (
        <>
          <Empty title="No agent has joined yet.">
            The chart starts one on every node as a pod of its DaemonSet. This shows where they stand:
          </Empty>
          <div className={css['way']}>
            <CommandLine command={PODS} />
          </div>
        </>
      ) : (
        <Empty title="No agent has joined yet.">
          `npm start` starts one for this host. If it does not appear, its log in the state folder says why.
        </Empty>
      )}
      <Empty title="Another host can join.">
        Create a token for it; the one command that is shown then is all that it has to run.
      </Empty>
      <Button onClick={onAdd}>Add host</Button>
    </>
  );
}
