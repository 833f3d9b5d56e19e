import { DASH, formatSeconds } from '@streamswarm/contract/format/numbers';
import { type PhaseData, phaseAt, phaseWords, presentPhases } from './phase-data.ts';
import { stepTime } from './step-time.ts';
import { TableFrame } from './table-frame.tsx';

/** The same phases as a table, newest first. */
export function PhaseTable({ title, data }: { readonly title: string; readonly data: PhaseData }) {
  const phases = presentPhases(data);
  const steps = Array.from({ length: data.steps }, (_, i) => data.steps - 1 - i);
  return (
    <TableFrame title={title}>
      <thead>
        <tr>
          <th scope="col">From</th>
          {phases.map(({ metric }) => (
            <th key={metric} scope="col">
              {phaseWords(metric)}
            </th>
          ))}
          <th scope="col">Total</th>
          <th scope="col">Requests</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step}>
            <th scope="row">{stepTime(data, step)}</th>
            {phases.map((part) => (
              <td key={part.metric}>{seconds(phaseAt(part, step))}</td>
            ))}
            <td>{seconds(data.total[step])}</td>
            <td>{data.n[step] ?? 0}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? DASH : formatSeconds(value);
}
