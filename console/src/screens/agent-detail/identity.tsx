import {
  diskQuantity,
  formatCount,
  formatSeconds,
  joined,
  memoryQuantity,
} from '@streamswarm/contract/format/numbers';
import type { AgentView } from '@streamswarm/contract/wire/views';
import type { ReactNode } from 'react';
import { CopyButton } from '../../components/command/command-line.tsx';
import { Missing } from '../../components/table/missing.tsx';
import { clockTime, dateTime } from '../../format/time.ts';
import { labelWords } from '../agents/labels.ts';
import css from './agent-detail.module.css';
import { OwnError } from './own-error.tsx';

/** Who it is, how far its word reaches, and what waits in its spool. */
export function Identity({ agent }: { readonly agent: AgentView }) {
  const { platform, spool } = agent;
  return (
    <div className={css['identity']}>
      <Facts
        title="Identity"
        facts={[
          ['Kind', agent.node === null ? 'Host, outside the cluster' : `Node ${agent.node}`],
          ...(agent.gone
            ? [['State', 'gone: its node or host was taken away'] as const]
            : agent.suspended
              ? [['State', suspendedWords(agent)] as const]
              : []),
          ['System', `${platform.os} ${platform.kernel}, ${platform.arch}`],
          ['Machine', `${platform.cores} cores, ${joined(memoryQuantity(platform.memoryBytes))}`],
          ['Addresses', agent.addresses.length === 0 ? '—' : agent.addresses.join(' · ')],
          ['Agent', agent.version],
          ['First seen', dateTime(Date.parse(agent.firstSeen))],
          ['Last seen', dateTime(Date.parse(agent.lastSeen))],
          ['Id', <code key="id">{agent.id}</code>],
        ]}
      />
      <Labels labels={agent.labels} />
      <section className={css['facts']} aria-label="Clock">
        <h2>
          <b>Clock</b> <span>off the operator when its session began, its set-up included</span>
        </h2>
        <p className={css['read-out']}>
          {agent.clockOffsetSeconds === null ? (
            <Missing why="the agent has not said its time" />
          ) : (
            formatSeconds(agent.clockOffsetSeconds)
          )}
        </p>
      </section>
      <OwnError agent={agent.name} />
      <Facts
        title="Its word"
        caption="every slot before it is answered or spooled"
        facts={[
          ['Through', agent.through === null ? 'nothing said yet' : clockTime(Date.parse(agent.through))],
        ]}
      />
      <Facts
        title="Spool"
        caption="what waits for the operator"
        facts={[
          ['Batches', `${formatCount(spool.batches)} waiting`],
          ['Bytes', joined(diskQuantity(spool.bytes))],
          [
            'Unreadable',
            spool.bad === 0 ? (
              'none'
            ) : (
              <b key="bad" className={css['bad']}>
                {formatCount(spool.bad)}
              </b>
            ),
          ],
        ]}
      />
    </div>
  );
}

function suspendedWords({ name }: AgentView): ReactNode {
  const command = `kubectl patch streamagent ${name} --type merge --patch '{"spec":{"suspend":false}}'`;
  return (
    <span key="suspended">
      suspended: it gets no work, and nobody measures to it <CopyButton text={command} label="copy resume" />
    </span>
  );
}

function Labels({ labels }: { readonly labels: AgentView['labels'] }) {
  const words = labelWords(labels);
  return (
    <section className={css['facts']} aria-label="Labels">
      <h2>
        <b>Labels</b> <span>by which tests aim at it</span>
      </h2>
      {words.length === 0 ? (
        <p className={css['none']}>none</p>
      ) : (
        <ul className={css['chips']}>
          {words.map((word) => (
            <li key={word}>
              <code>{word}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Facts({
  title,
  caption,
  facts,
}: {
  readonly title: string;
  readonly caption?: string;
  readonly facts: readonly (readonly [string, ReactNode])[];
}) {
  return (
    <section className={css['facts']} aria-label={title}>
      <h2>
        <b>{title}</b> <span>{caption}</span>
      </h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
