'use client';

import type { AgentView } from '@streamswarm/contract/wire/views';
import { Glyph } from '../../components/shell/glyph.tsx';
import { classes } from '../../components/state/class-names.ts';
import { useNow } from '../../components/state/use-now.ts';
import { Missing } from '../../components/table/missing.tsx';
import table from '../../components/table/table.module.css';
import { diskQuantity, formatCount, formatSeconds, joined } from '../../format/numbers.ts';
import { formatAge } from '../../format/time.ts';
import css from './agents.module.css';

interface AgentTableProps {
  readonly agents: readonly AgentView[];
  readonly chosen: string | null;
  readonly onChoose: (name: string) => void;
}

export function AgentTable({ agents, chosen, onChoose }: AgentTableProps) {
  const now = useNow();
  return (
    <div className={css['some']}>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Agent</th>
            <th scope="col">System</th>
            <th scope="col">Version</th>
            <th scope="col" className={table['right']}>
              Tests
            </th>
            <th scope="col" className={table['right']}>
              Streams
            </th>
            <th scope="col" className={table['right']}>
              Clock
            </th>
            <th scope="col" className={table['right']}>
              Spool
            </th>
            <th scope="col" className={table['right']}>
              Can measure
            </th>
            <th scope="col" className={table['right']}>
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.id} className={classes(agent.name === chosen && css['chosen'])}>
              <td>
                <span className={css['state']}>
                  <Glyph name={agent.online ? 'online' : 'offline'} />
                  <span className={classes(!agent.online && table['bad'])}>
                    {agent.online ? 'Online' : 'Offline'}
                  </span>
                </span>
              </td>
              <td>
                <button
                  type="button"
                  className={css['name']}
                  aria-pressed={agent.name === chosen}
                  onClick={() => onChoose(agent.name)}
                >
                  {agent.name}
                </button>
              </td>
              <td className={table['ink2']}>
                {agent.platform.os} {agent.platform.kernel}, {agent.platform.cores} cores
              </td>
              <td className={table['ink2']}>{agent.version}</td>
              <td className={table['right']}>{formatCount(agent.tests)}</td>
              <td className={table['right']}>{formatCount(agent.streams)}</td>
              <td className={table['right']}>
                {agent.clockOffsetSeconds === null ? (
                  <Missing why="the agent has not said its time" />
                ) : (
                  formatSeconds(agent.clockOffsetSeconds)
                )}
              </td>
              <td className={classes(table['right'], agent.spool.bad > 0 && table['bad'])}>
                {agent.spool.batches === 0 ? 'nothing waits' : joined(diskQuantity(agent.spool.bytes))}
              </td>
              <td className={table['right']}>
                {agent.capabilities.filter((c) => c.state !== 'unavailable').length}/
                {agent.capabilities.length}
              </td>
              <td className={classes(table['right'], !agent.online && table['bad'])}>
                {formatAge((now - Date.parse(agent.lastSeen)) / 1_000)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
