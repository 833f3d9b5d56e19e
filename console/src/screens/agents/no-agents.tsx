'use client';

import { useKubernetes } from '../../api/queries.ts';
import { CommandLine } from '../../components/command/command-line.tsx';
import { Empty } from '../../components/panel/panel.tsx';
import css from './agents.module.css';
import type { AgentTab } from './filter-agents.ts';

const PODS =
  'kubectl get pods --all-namespaces --output wide --selector app.kubernetes.io/name=streamswarm,app.kubernetes.io/component=agent';

/** Why no agent is listed, and what to do next. */
export function NoAgents({ any, tab }: { readonly any: boolean; readonly tab: AgentTab }) {
  const kubernetes = useKubernetes();
  if (tab === 'Gone')
    return (
      <Empty title="No agent is gone.">
        An agent whose node or host was taken away is kept here, with all that it measured.
      </Empty>
    );
  if (any) return <Empty title="No agent fits the filter.">Take words away, or choose another tab.</Empty>;
  if (kubernetes === true) {
    return (
      <>
        <Empty title="No agent has joined yet.">
          The chart starts one on every node as a pod of its DaemonSet. This shows where they stand:
        </Empty>
        <div className={css['way']}>
          <CommandLine command={PODS} />
        </div>
      </>
    );
  }
  return (
    <Empty title="No agent has joined yet.">
      `npm start` starts one for this host. If it does not appear, its log in the state folder says why.
    </Empty>
  );
}
