import Type from 'typebox';
import { closed } from '../kinds/schema.ts';
import { every } from './options.ts';
import type { Metric, Probe } from './probe.ts';

const options = Type.Object(
  { every },
  { ...closed, description: 'The agent’s own machine: CPU, memory, disks, interfaces.' },
);

type Rest = Partial<Pick<Metric, 'better' | 'guideField' | 'guideUnit' | 'wide' | 'kind'>>;
const FIRST = 'the first sample has nothing to compare with, or this system does not tell';
const UNTOLD = 'this system does not tell';

const ratio = (name: string, meaning: string, rest: Rest = {}): Metric => ({
  name,
  unit: 'ratio',
  kind: 'gauge',
  better: 'lower',
  meaning,
  nullMeans: FIRST,
  ...rest,
});
const bytes = (name: string, meaning: string, rest: Rest = {}): Metric => ({
  name,
  unit: 'bytes',
  kind: 'gauge',
  better: null,
  meaning,
  nullMeans: UNTOLD,
  wide: true,
  ...rest,
});
const rate = (
  name: string,
  unit: 'per_second' | 'bytes_per_second',
  meaning: string,
  rest: Rest = {},
): Metric => ({ name, unit, kind: 'gauge', better: null, meaning, nullMeans: FIRST, ...rest });
const count = (name: string, meaning: string, rest: Rest = {}): Metric => ({
  name,
  unit: 'count',
  kind: 'gauge',
  better: null,
  meaning,
  nullMeans: UNTOLD,
  wide: true,
  ...rest,
});
const load = (minutes: 1 | 5 | 15): Metric => ({
  name: `load_${minutes}m`,
  unit: 'load',
  kind: 'gauge',
  better: 'lower',
  meaning: `Load average over ${minutes} min`,
  nullMeans: UNTOLD,
  guideField: `cpu_load_${minutes}min`,
  guideUnit: 'load',
});

/** Told by each test at most so often, because they are long (ms). */
export const HOST_DETAILS_MS = 60_000;

const detail = (name: string, meaning: string): Metric => ({
  name,
  unit: 'none',
  kind: 'detail',
  better: null,
  meaning: `${meaning}; once a minute, rates since the minute before`,
  nullMeans: 'it was told within the last minute: not-applicable; or this system does not tell',
});
const details: readonly Metric[] = [
  detail('filesystems', 'Each file system on a block device: mount, device, type, bytes, share used'),
  detail(
    'disks',
    'Each whole disk: operations and bytes a second, share of time busy, mean time of a request',
  ),
  detail(
    'interfaces',
    'Each interface with a device, loopback, and all virtual ones together: bytes and packets a second, errors and drops',
  ),
];

const metrics: readonly Metric[] = [
  ratio('cpu_ratio', 'Share of CPU time not idle, all cores, since the sample before', {
    guideField: 'cpu_percent',
    guideUnit: '%',
  }),
  ratio('cpu_user_ratio', 'Share of CPU time in user mode, nice included'),
  ratio('cpu_system_ratio', 'Share of CPU time in the kernel, interrupts included'),
  ratio('cpu_iowait_ratio', 'Share of CPU time idle with disk requests waiting'),
  ratio('cpu_steal_ratio', 'Share of CPU time taken by the hypervisor'),
  ratio('cpu_core_max_ratio', 'The busiest core: share of its time not idle'),
  ratio('cpu_pressure_ratio', 'Share of time in which a task waited for a CPU (PSI, some)'),
  ratio('memory_pressure_ratio', 'Share of time in which a task waited for memory (PSI, some)'),
  ratio('io_pressure_ratio', 'Share of time in which a task waited for a disk (PSI, some)'),
  load(1),
  load(5),
  load(15),
  count('cpu_cores', 'CPUs online', { guideField: 'cpu_cores', guideUnit: 'count' }),
  {
    name: 'cpu_frequency_hertz',
    unit: 'hertz',
    kind: 'gauge',
    better: null,
    meaning: 'Mean current frequency of the cores',
    nullMeans: UNTOLD,
    guideField: 'cpu_freq_current',
    guideUnit: 'MHz',
  },
  rate('context_switches_per_second', 'per_second', 'Context switches', {
    guideField: 'cpu_context_switches',
    guideUnit: '1/s',
  }),
  rate('interrupts_per_second', 'per_second', 'Interrupts', {
    guideField: 'cpu_interrupts',
    guideUnit: '1/s',
  }),
  bytes('memory_total_bytes', 'Memory of the machine', { guideField: 'memory_total', guideUnit: 'bytes' }),
  bytes('memory_used_bytes', 'Total minus available', {
    guideField: 'memory_used',
    guideUnit: 'bytes',
    better: 'lower',
  }),
  bytes('memory_available_bytes', 'What programs can still have without swapping (MemAvailable)', {
    guideField: 'memory_available',
    guideUnit: 'bytes',
    better: 'higher',
  }),
  bytes('memory_cached_bytes', 'Page cache and reclaimable slabs', {
    guideField: 'memory_cached',
    guideUnit: 'bytes',
  }),
  bytes('memory_buffers_bytes', 'Block device buffers', { guideField: 'memory_buffers', guideUnit: 'bytes' }),
  bytes('memory_shared_bytes', 'Shared memory and tmpfs', {
    guideField: 'memory_shared',
    guideUnit: 'bytes',
  }),
  {
    ...ratio('memory_ratio', 'Used share of memory', { guideField: 'memory_percent', guideUnit: '%' }),
    nullMeans: UNTOLD,
  },
  bytes('swap_total_bytes', 'Swap space', { guideField: 'swap_total', guideUnit: 'bytes' }),
  bytes('swap_used_bytes', 'Swap space in use', {
    guideField: 'swap_used',
    guideUnit: 'bytes',
    better: 'lower',
  }),
  bytes('disk_total_bytes', 'Size of the root file system', { guideField: 'disk_total', guideUnit: 'bytes' }),
  bytes('disk_used_bytes', 'Used on the root file system', {
    guideField: 'disk_used',
    guideUnit: 'bytes',
    better: 'lower',
  }),
  {
    ...ratio('disk_ratio', 'Used share of the root file system, as df counts it', {
      guideField: 'disk_percent',
      guideUnit: '%',
    }),
    nullMeans: UNTOLD,
  },
  rate('disk_read_iops', 'per_second', 'Reads finished, whole disks', {
    guideField: 'disk_read_iops',
    guideUnit: '1/s',
  }),
  rate('disk_write_iops', 'per_second', 'Writes finished, whole disks', {
    guideField: 'disk_write_iops',
    guideUnit: '1/s',
  }),
  rate('disk_read_bytes_per_second', 'bytes_per_second', 'Bytes read, whole disks', {
    guideField: 'disk_read_bytes_sec',
    guideUnit: 'bytes/s',
  }),
  rate('disk_write_bytes_per_second', 'bytes_per_second', 'Bytes written, whole disks', {
    guideField: 'disk_write_bytes_sec',
    guideUnit: 'bytes/s',
  }),
  ratio('disk_busy_max_ratio', 'The busiest disk: share of time with a request in work', {
    guideField: 'disk_io_util',
    guideUnit: '%',
  }),
  {
    name: 'disk_await_max_seconds',
    unit: 'seconds',
    kind: 'gauge',
    better: 'lower',
    meaning:
      'The slowest disk: mean time of a request since the sample before, its wait in the queue included',
    nullMeans: `no request was finished; or ${FIRST}`,
  },
  {
    ...ratio(
      'filesystem_max_ratio',
      'The fullest file system on a block device of this machine, as df counts',
    ),
    nullMeans: UNTOLD,
  },
  rate(
    'network_sent_bytes_per_second',
    'bytes_per_second',
    'Bytes sent by interfaces other than loopback and virtual ones',
  ),
  rate('network_received_bytes_per_second', 'bytes_per_second', 'Bytes received by them'),
  rate('network_sent_packets_per_second', 'per_second', 'Packets sent by them'),
  rate('network_received_packets_per_second', 'per_second', 'Packets received by them'),
  count('network_sent_bytes', 'Bytes sent since boot', {
    guideField: 'network_bytes_sent',
    guideUnit: 'bytes',
  }),
  count('network_received_bytes', 'Bytes received since boot', {
    guideField: 'network_bytes_recv',
    guideUnit: 'bytes',
  }),
  count('network_sent_packets', 'Packets sent since boot', {
    guideField: 'network_packets_sent',
    guideUnit: 'count',
  }),
  count('network_received_packets', 'Packets received since boot', {
    guideField: 'network_packets_recv',
    guideUnit: 'count',
  }),
  count('network_errors_in', 'Receive errors since boot', {
    guideField: 'network_errors_in',
    guideUnit: 'count',
    better: 'lower',
  }),
  count('network_errors_out', 'Transmit errors since boot', {
    guideField: 'network_errors_out',
    guideUnit: 'count',
    better: 'lower',
  }),
  count('network_drops_in', 'Packets dropped on receipt since boot', {
    guideField: 'network_drops_in',
    guideUnit: 'count',
    better: 'lower',
  }),
  count('network_drops_out', 'Packets dropped on sending since boot', {
    guideField: 'network_drops_out',
    guideUnit: 'count',
    better: 'lower',
  }),
  count('processes', 'Processes', { guideField: 'process_count', guideUnit: 'count' }),
  count('processes_running', 'Tasks running or ready to run'),
  count('processes_blocked', 'Tasks waiting for a disk'),
  count('tcp_established', 'TCP connections established', {
    guideField: 'tcp_connections',
    guideUnit: 'count',
  }),
  count('tcp_time_wait', 'TCP connections in TIME-WAIT'),
  count('tcp_orphaned', 'TCP connections of no process any more that are not over yet'),
  count('open_files', 'Open file handles of the machine', { guideField: 'open_files', guideUnit: 'count' }),
  ratio('tcp_retransmit_ratio', 'TCP segments sent again, of all sent, since the sample before'),
  rate('tcp_out_of_order_per_second', 'per_second', 'TCP segments that came out of order', {
    better: 'lower',
  }),
  rate(
    'tcp_zero_windows_per_second',
    'per_second',
    'TCP windows that this host had to close: a program reads too slowly',
    {
      better: 'lower',
    },
  ),
  rate('udp_buffer_errors_per_second', 'per_second', 'UDP datagrams dropped for want of buffer, both ways', {
    better: 'lower',
  }),
  {
    name: 'clock_synchronised',
    unit: 'none',
    kind: 'gauge',
    better: 'higher',
    meaning: '1: the clock of the machine is synchronised (adjtimex), 0: it is not',
    nullMeans: UNTOLD,
  },
  {
    name: 'clock_error_bound_seconds',
    unit: 'seconds',
    kind: 'gauge',
    better: 'lower',
    meaning: 'How far that clock may be off, as its synchronisation says (RFC 5905, 11.1)',
    nullMeans: 'it is not synchronised: not-applicable; or this system does not tell',
  },
  ...details,
];

const none = { applies: false, reason: 'host measures the agent itself, once for each agent' } as const;

export const host: Probe = {
  name: 'host',
  summary: 'The machine of the agent: CPU, memory, swap, disks, interfaces, processes',
  perAgent: true,
  options,
  metrics,
  destinations: { host: none, url: none, service: none, agents: none },
  slotBudgetMs: () => 500,
  slotFitsCel: null,
  packetsPerSlot: () => 0,
};
