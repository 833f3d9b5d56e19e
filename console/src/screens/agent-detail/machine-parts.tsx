'use client';

import {
  bitRateQuantity,
  diskQuantity,
  formatCount,
  formatPercent,
  formatSeconds,
  joined,
  metricQuantity,
} from '@streamswarm/contract/format/numbers';
import type { HostDisk, HostFileSystem, HostInterface } from '@streamswarm/contract/wire/machine';
import type { ReactNode } from 'react';
import { useMachine } from '../../api/queries.ts';
import { Panel } from '../../components/panel/panel.tsx';
import { useNow } from '../../components/state/use-now.ts';
import { Missing } from '../../components/table/missing.tsx';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import { formatAge } from '../../format/time.ts';
import css from './agent-detail.module.css';

/** From here on a file system is about to be full. */
const FULL_RATIO = 0.9;
const FIRST = 'a rate needs two looks, a minute apart';
const IDLE = 'no request was finished in that minute';

/** Each file system, disk and interface of the machine, as a test saw them last. */
export function MachineParts({ agent }: { readonly agent: string }) {
  const machine = useMachine(agent);
  const now = useNow();
  if (machine.data?.at === null) return null;
  return (
    <Panel
      title="Its parts"
      caption={({ at }) =>
        at === null || now === 0
          ? ''
          : `seen ${formatAge((now - Date.parse(at)) / 1_000)} ago, rates over a minute`
      }
      query={machine}
      reading="the parts of the machine"
    >
      {({ filesystems, disks, interfaces }) => (
        <div className={css['parts']}>
          {filesystems === null ? null : <FileSystems all={filesystems} />}
          {disks === null ? null : <Disks all={disks} />}
          {interfaces === null ? null : <Interfaces all={interfaces} />}
        </div>
      )}
    </Panel>
  );
}

interface PartTableProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly children: ReactNode;
}

/** The first column names the part, the others are numbers. */
function PartTable({ title, columns, children }: PartTableProps) {
  const [first, ...numbers] = columns;
  return (
    <ScrollBox className={css['scroll']} label={`Table of ${title}`}>
      <table className={table['table']}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {numbers.map((title) => (
              <th key={title} scope="col" className={table['right']}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollBox>
  );
}

function FileSystems({ all }: { readonly all: readonly HostFileSystem[] }) {
  return (
    <PartTable title="file systems" columns={['File system', 'Used', 'Size', 'Full']}>
      {all.map(({ mount, device, type, used_bytes: used, total_bytes: total, used_ratio: ratio }) => (
        <tr key={mount}>
          <td title={device}>
            <b>{mount}</b> <span className={table['ink2']}>{type}</span>
          </td>
          <td className={table['right']}>{joined(diskQuantity(used))}</td>
          <td className={table['right']}>{joined(diskQuantity(total))}</td>
          <td className={table['right']}>
            <span className={ratio >= FULL_RATIO ? table['bad'] : undefined}>{formatPercent(ratio, 1)}</span>
          </td>
        </tr>
      ))}
    </PartTable>
  );
}

function Disks({ all }: { readonly all: readonly HostDisk[] }) {
  const perSecond = (value: number): string => joined(metricQuantity(value, 'per_second'));
  const bytes = (value: number): string => `${joined(diskQuantity(value))}/s`;
  return (
    <PartTable title="disks" columns={['Disk', 'Reads', 'Read', 'Writes', 'Written', 'Busy', 'Mean request']}>
      {all.map((disk) => (
        <tr key={disk.name}>
          <td>
            <b>{disk.name}</b>
          </td>
          <Cell value={disk.read_iops} format={perSecond} />
          <Cell value={disk.read_bytes_per_second} format={bytes} />
          <Cell value={disk.write_iops} format={perSecond} />
          <Cell value={disk.written_bytes_per_second} format={bytes} />
          <Cell value={disk.busy_ratio} format={(value) => formatPercent(value, 1)} />
          <Cell
            value={disk.await_seconds}
            format={formatSeconds}
            why={disk.read_iops === null ? FIRST : IDLE}
          />
        </tr>
      ))}
    </PartTable>
  );
}

function Interfaces({ all }: { readonly all: readonly HostInterface[] }) {
  const bits = (value: number): string => joined(bitRateQuantity(value * 8));
  const packets = (value: number): string => joined(metricQuantity(value, 'per_second'));
  return (
    <PartTable
      title="interfaces"
      columns={['Interface', 'In', 'Out', 'Packets in', 'Packets out', 'Errors', 'Drops']}
    >
      {all.map((one) => (
        <tr key={one.name}>
          <td>
            <b>{one.name}</b>{' '}
            <span className={table['ink2']}>{one.kind === 'loopback' ? 'loopback' : ''}</span>
          </td>
          <Cell value={one.received_bytes_per_second} format={bits} />
          <Cell value={one.sent_bytes_per_second} format={bits} />
          <Cell value={one.received_packets_per_second} format={packets} />
          <Cell value={one.sent_packets_per_second} format={packets} />
          <Cell value={one.errors} format={formatCount} />
          <Cell value={one.drops} format={formatCount} />
        </tr>
      ))}
    </PartTable>
  );
}

interface CellProps {
  readonly value: number | null;
  readonly format: (value: number) => string;
  readonly why?: string;
}

function Cell({ value, format, why = FIRST }: CellProps) {
  return <td className={table['right']}>{value === null ? <Missing why={why} /> : format(value)}</td>;
}
