import { DASH, formatCount, formatSeconds } from '@streamswarm/contract/format/numbers';
import { classes } from '../state/class-names.ts';
import type { AgentPhases } from './agent-phases.ts';
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
  const most = agents[0]?.seconds ?? 1;
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
              {parts.map(({ metric, seconds: part }) => (
                <i
                  key={metric}
                  className={classes(phase['bit'], phase[metric])}
                  style={{ width: `${(part / most) * 100}%` }}
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
          <th scope="col">Total</th>
          <th scope="col">Requests</th>
        </tr>
      </thead>
      <tbody>
        {agents.map(({ agent, parts, seconds, requests }) => (
          <tr key={agent}>
            <th scope="row">{agent}</th>
            {metrics.map((metric) => {
              const part = parts.find((each) => each.metric === metric)?.seconds ?? 0;
              return <td key={metric}>{part > 0 ? formatSeconds(part) : DASH}</td>;
            })}
            <td>{formatSeconds(seconds)}</td>
            <td>{formatCount(requests)}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

/** Phases that took any time, in their order. */
function metricsOf(agents: readonly AgentPhases[]): string[] {
  const all = agents.flatMap(({ parts }) => parts);
  return [...new Set(all.map(({ metric }) => metric))].filter((metric) =>
    all.some((part) => part.metric === metric && part.seconds > 0),
  );
}

function wordsOf(parts: AgentPhases['parts']): string {
  return parts
    .filter(({ seconds }) => seconds > 0)
    .map(({ metric, seconds }) => `${phaseWords(metric)} ${formatSeconds(seconds)}`)
    .join(', ');
}
