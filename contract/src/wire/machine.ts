import Type, { type Static } from 'typebox';
import { orNull } from '../kinds/schema.ts';

const rate = (description: string) =>
  orNull(Type.Number({ description: `${description} Null: at first, and after the counter began anew.` }));

/** One of metric `filesystems` of the host probe. */
export const HostFileSystem = Type.Object({
  mount: Type.String({ description: 'The shortest path at which it is mounted.' }),
  device: Type.String(),
  type: Type.String(),
  total_bytes: Type.Number(),
  used_bytes: Type.Number(),
  used_ratio: Type.Number({ description: 'As df counts: of what those who are not root may use.' }),
});
export type HostFileSystem = Static<typeof HostFileSystem>;

/** One of metric `disks`. */
export const HostDisk = Type.Object({
  name: Type.String(),
  read_iops: rate('Reads finished, a second.'),
  write_iops: rate('Writes finished, a second.'),
  read_bytes_per_second: rate('Bytes read.'),
  written_bytes_per_second: rate('Bytes written.'),
  busy_ratio: rate('Share of time with a request in work.'),
  await_seconds: orNull(
    Type.Number({
      description: 'Mean time of a request, its wait in the queue included. Null: none was finished.',
    }),
  ),
});
export type HostDisk = Static<typeof HostDisk>;

/** One of metric `interfaces`. */
export const HostInterface = Type.Object({
  name: Type.String(),
  kind: Type.Unsafe<'device' | 'loopback' | 'virtual'>({
    type: 'string',
    enum: ['device', 'loopback', 'virtual'],
    description: 'virtual: all bridges, bonds, tunnels and veth together.',
  }),
  received_bytes_per_second: rate('Bytes received.'),
  sent_bytes_per_second: rate('Bytes sent.'),
  received_packets_per_second: rate('Packets received.'),
  sent_packets_per_second: rate('Packets sent.'),
  errors: Type.Number({ description: 'In and out, since boot.' }),
  drops: Type.Number({ description: 'In and out, since boot.' }),
});
export type HostInterface = Static<typeof HostInterface>;

const parts = <T extends typeof HostFileSystem | typeof HostDisk | typeof HostInterface>(of: T) =>
  orNull(Type.Array(of, { description: 'Null: this system does not tell.' }));

/** The parts of a machine as the host probe of any test saw them last, at most a day ago. */
export const Machine = Type.Object(
  {
    at: orNull(Type.String({ format: 'date-time', description: 'Null: no test has looked.' })),
    filesystems: parts(HostFileSystem),
    disks: parts(HostDisk),
    interfaces: parts(HostInterface),
  },
  { $id: 'Machine' },
);
export type Machine = Static<typeof Machine>;
