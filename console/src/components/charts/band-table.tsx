import { DASH } from '@streamswarm/contract/format/numbers';
import type { BandData } from './band-data.ts';
import { stepTime } from './step-time.ts';
import { TableFrame } from './table-frame.tsx';

interface BandTableProps {
  readonly title: string;
  readonly data: BandData;
  readonly format: (value: number) => string;
}

/** The same values as a table, newest first. */
export function BandTable({ title, data, format }: BandTableProps) {
  const steps = Array.from({ length: data.steps }, (_, i) => data.steps - 1 - i);
  return (
    <TableFrame title={title}>
      <thead>
        <tr>
          <th scope="col">From</th>
          {data.layers.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">Values</th>
          <th scope="col">Lost</th>
          <th scope="col">Sent</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step}>
            <th scope="row">{stepTime(data, step)}</th>
            {data.layers.map(({ name, values }) => {
              const value = values[step];
              return <td key={name}>{value === null || value === undefined ? DASH : format(value)}</td>;
            })}
            <td>{data.series.n[step] ?? 0}</td>
            <td>{data.series.lost[step] ?? 0}</td>
            <td>{data.series.sent[step] ?? 0}</td>
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}
