import { DASH, formatCount, formatSeconds } from '@streamswarm/contract/format/numbers';
import type { AgentPhases } from '@streamswarm/contract/wire/phases';
import { classes } from '../state/class-names.ts';
import phase from './phase-chart.module.css';
import { phaseWords } from './phase-data.ts';
import { TableFrame } from './table-frame.tsx';

interface AgentPhaseBarsProps {
  readonly title: string;
  readonly agents: readonly AgentPhases[];
  readonly asTable: boolean;
}

/** A bar for each agent, its phases one behind the other; one scale for all. */
export function AgentPhaseBars({ title, agents, asTable }: AgentPhaseBarsProps) {
  const most = Math.max(...agents.map(({ seconds }) => seconds));
  const metrics = metricsOf(agents);
  if (asTable) return <BarTable title={title} agents={agents} metrics={metrics} />;
  return (
    <>
      <ul className={phase['legend']} aria-label="Phases">
        {metrics.map((metric) => (
          <li key={metric} className={phase[metric]}>
            {phaseWords(metric)}
          </li>
        ))}
      </ul>
      <ul className={phase['bars']} aria-label={title}>
        {agents.map(({ agent, seconds, parts }) => (
          <li key={agent}>
            <span title={agent}>{agent}</span>
            <div role="img" aria-label={wordsOf(parts)} title={wordsOf(parts)}>
              {parts.map(({ metric, seconds: long }) => (
                <i
                  key={metric}
                  className={classes(phase['bit'], phase[metric])}
                  style={{ width: `${((long ?? 0) / most) * 100}%` }}
                />
              ))}
            </div>
            <b>{formatSeconds(seconds)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

interface BarTableProps extends Omit<AgentPhaseBarsProps, 'asTable'> {
  readonly metrics: readonly string[];
}

function BarTable({ title, agents, metrics }: BarTableProps) {
  return (
    <TableFrame title={title}>
      <thead>
        <tr>
          <th scope="col">Agent</th>
          {metrics.map((metric) => (
            <th key={metric} scope="col">
              {phaseWords(metric)}
            </th>
          ))}
          <th scope="col">Mean of these</th>
          <th scope="col">p95</th>
          <th scope="col">Near p95</th>
          <th scope="col">Requests</th>
        </tr>
      </thead>
      <tbody>
        {agents.map(({ agent, parts, seconds, p95Seconds, near, requests }) => (
          <tr key={agent}>
            <th scope="row">{agent}</th>
            {metrics.map((metric) => {
              const part = parts.find((each) => each.metric === metric)?.seconds ?? null;
              return <td key={metric}>{part === null ? DASH : formatSeconds(part)}</td>;
            })}
            <td>{formatSeconds(seconds)}</td>
            <td>{formatSeconds(p95Seconds)}</td>
            <td>{formatCount(near)}</td>
            <td>{formatCount(requests)}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

/** Phases that any of the requests had, in their order. */
function metricsOf(agents: readonly AgentPhases[]): string[] {
  const had = agents.flatMap(({ parts }) => parts).filter(({ seconds }) => seconds !== null);
  const order = agents[0]?.parts.map(({ metric }) => metric) ?? [];
  return order.filter((metric) => had.some((part) => part.metric === metric));
}

function wordsOf(parts: AgentPhases['parts']): string {
  return parts
    .flatMap(({ metric, seconds }) =>
      seconds === null ? [] : [`${phaseWords(metric)} ${formatSeconds(seconds)}`],
    )
    .join(', ');
}
