import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { host } from '@streamswarm/contract/probes/host';
import { hostMetrics } from './host-metrics.ts';
import type { HostReading } from './host-reading.ts';
import { HostSampler, hostReader } from './host-sampler.ts';
import { countedInterfaces, defaultRouteInterfaces, parseNetDev } from './parse-net-dev.ts';
import { readLinuxHost } from './read-linux-host.ts';
import { readPortableHost } from './read-portable-host.ts';

const NET_HEAD = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
const EARLY: Record<string, string> = {
  'proc/stat': `cpu  100 20 50 800 30 3 7 10 5 0
cpu0 60 10 30 390 15 2 4 5 0 0
cpu1 40 10 20 410 15 1 3 5 0 0
intr 5000 1 2 3
ctxt 90000
procs_running 3
procs_blocked 1
`,
  'proc/loadavg': '0.50 1.25 2.75 3/512 4242\n',
  'proc/meminfo': `MemTotal:       1000 kB
MemFree:         100 kB
MemAvailable:    400 kB
Buffers:          20 kB
Cached:          300 kB
Shmem:             7 kB
SReclaimable:     30 kB
SwapTotal:       500 kB
SwapFree:        450 kB
`,
  'proc/pressure/cpu':
    'some avg10=1.00 avg60=0.00 avg300=0.00 total=1000000\nfull avg10=0 avg60=0 avg300=0 total=5\n',
  'proc/diskstats': `   8       0 sda 100 5 2000 9 200 5 4000 9 0 1000 9 0 0 0 0 0 0
   8       1 sda1 100 5 2000 9 200 5 4000 9 0 1000 9 0 0 0 0 0 0
 253       0 dm-0 100 5 2000 9 200 5 4000 9 0 1000 9 0 0 0 0 0 0
   7       0 loop0 9 5 2000 9 200 5 4000 9 0 1000 9 0 0 0 0 0 0
 259       0 nvme0n1 10 0 80 0 20 0 160 0 0 10 0 0 0 0 0 0 0
`,
  'proc/net/dev': `${NET_HEAD}    lo: 999 9 0 0 0 0 0 0 999 9 0 0 0 0 0 0
  eth0: 1000 10 1 2 0 0 0 0 5000 50 3 4 0 0 0 0
  eth1: 100 1 0 0 0 0 0 0 200 2 0 0 0 0 0 0
docker0: 777 7 0 0 0 0 0 0 777 7 0 0 0 0 0 0
veth12: 777 7 0 0 0 0 0 0 777 7 0 0 0 0 0 0
`,
  'proc/net/snmp':
    'Tcp: RtoAlgorithm CurrEstab InSegs OutSegs RetransSegs\nTcp: 1 17 100 1000 10\nUdp: InDatagrams\nUdp: 5\n',
  'proc/net/sockstat': 'sockets: used 36\nTCP: inuse 2 orphan 0 tw 23 alloc 2 mem 0\n',
  'proc/sys/fs/file-nr': '1200\t200\t9223372036854775807\n',
  'proc/1/stat': '',
  'proc/42/stat': '',
  'proc/4242/stat': '',
  'sys/block/sda/device/model': '',
  'sys/block/nvme0n1/device/model': '',
  'sys/class/net/eth0/device/vendor': '',
  'sys/class/net/eth1/device/vendor': '',
  'sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq': '2000000\n',
  'sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq': '3000000\n',
};
const LATE: Record<string, string> = {
  ...EARLY,
  // +40 user, +10 nice, +15 system, +120 idle, +10 iowait, +0, +5 softirq, +0 steal: 200 ticks
  'proc/stat': `cpu  140 30 65 920 40 3 12 10 9 0
cpu0 100 20 45 410 15 2 9 5 0 0
cpu1 40 10 20 510 25 1 3 5 0 0
intr 5400 1 2 3
ctxt 91000
procs_running 2
procs_blocked 0
`,
  'proc/pressure/cpu': 'some avg10=1.00 avg60=0.00 avg300=0.00 total=1500000\n',
  'proc/diskstats': `   8       0 sda 120 5 2400 9 240 5 4800 9 0 2500 9 0 0 0 0 0 0
   8       1 sda1 120 5 2400 9 240 5 4800 9 0 2500 9 0 0 0 0 0 0
 259       0 nvme0n1 10 0 80 0 20 0 160 0 0 20 0 0 0 0 0 0 0
`,
  // eth1 was made anew and counts from zero; eth2 appeared
  'proc/net/dev': `${NET_HEAD}    lo: 9999 99 0 0 0 0 0 0 9999 99 0 0 0 0 0 0
  eth0: 3000 30 1 2 0 0 0 0 9000 70 3 4 0 0 0 0
  eth1: 50 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0
  eth2: 400 4 0 0 0 0 0 0 800 8 0 0 0 0 0 0
`,
  'proc/net/snmp':
    'Tcp: RtoAlgorithm CurrEstab InSegs OutSegs RetransSegs\nTcp: 1 18 100 1200 15\nUdp: InDatagrams\nUdp: 5\n',
  'sys/class/net/eth2/device/vendor': '',
};

function withTree<T>(files: Record<string, string>, use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'host-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}
const readAt = (files: Record<string, string>, atMs: number): HostReading =>
  withTree(files, (root) => readLinuxHost(root, () => atMs));

test('metrics are those of the contract, each with a value or a reason', () => {
  const names = host.metrics.map(({ name }) => name).sort();
  for (const before of [null, readAt(EARLY, 0)]) {
    const { metrics, nulls } = hostMetrics(before, readAt(LATE, 4_000));
    assert.deepEqual(Object.keys(metrics).sort(), names);
    for (const [name, value] of Object.entries(metrics)) assert.equal(value === null, name in nulls, name);
  }
});

test('the first sample has gauges, and no rate', () => {
  const { metrics, nulls } = hostMetrics(null, readAt(EARLY, 0));
  assert.equal(metrics['load_5m'], 1.25);
  assert.equal(metrics['cpu_cores'], 2);
  assert.equal(metrics['cpu_frequency_hertz'], 2.5e9);
  assert.equal(metrics['memory_used_bytes'], 600 * 1_024);
  assert.equal(metrics['memory_cached_bytes'], 330 * 1_024);
  assert.equal(metrics['memory_ratio'], 0.6);
  assert.equal(metrics['swap_used_bytes'], 50 * 1_024);
  assert.equal(metrics['processes'], 3);
  assert.equal(metrics['processes_running'], 3);
  assert.equal(metrics['tcp_established'], 17);
  assert.equal(metrics['tcp_time_wait'], 23);
  assert.equal(metrics['open_files'], 1_000);
  assert.equal(metrics['network_sent_bytes'], 5_200, 'loopback, bridges and veth are not counted again');
  assert.equal(metrics['network_drops_out'], 4);
  for (const rate of ['cpu_ratio', 'cpu_core_max_ratio', 'disk_read_iops', 'network_sent_bytes_per_second']) {
    assert.equal(nulls[rate], 'first-sample', rate);
  }
  assert.equal(nulls['tcp_retransmit_ratio'], 'first-sample');
  assert.equal(nulls['memory_pressure_ratio'], 'unsupported');
});

test('rates are over the time that really passed, each disk and interface once', () => {
  const { metrics } = hostMetrics(readAt(EARLY, 1_000), readAt(LATE, 5_000));
  assert.equal(metrics['cpu_user_ratio'], 50 / 200);
  assert.equal(metrics['cpu_system_ratio'], 20 / 200);
  assert.equal(metrics['cpu_iowait_ratio'], 10 / 200);
  assert.equal(metrics['cpu_ratio'], 1 - 130 / 200);
  assert.equal(metrics['cpu_core_max_ratio'], 1 - 20 / 90, 'cpu0: 50 user, 20 system, 20 idle');
  assert.equal(metrics['cpu_pressure_ratio'], 0.5 / 4);
  assert.equal(metrics['context_switches_per_second'], 250);
  assert.equal(metrics['interrupts_per_second'], 100);
  assert.equal(metrics['disk_read_iops'], 5);
  assert.equal(metrics['disk_write_iops'], 10);
  assert.equal(metrics['disk_read_bytes_per_second'], (400 * 512) / 4);
  assert.equal(metrics['disk_busy_max_ratio'], 1_500 / 4_000);
  assert.equal(metrics['network_sent_bytes_per_second'], 1_000, 'eth1 began anew, eth2 was not there');
  assert.equal(metrics['network_received_packets_per_second'], 5);
  assert.equal(metrics['network_sent_bytes'], 9_820);
  assert.equal(metrics['tcp_retransmit_ratio'], 5 / 200);
});

test('a counter that went back and a machine without disks give no number', () => {
  const reset: Record<string, string> = {
    ...LATE,
    'proc/stat': EARLY['proc/stat']?.replace('ctxt 90000', 'ctxt 10') ?? '',
  };
  delete reset['sys/block/sda/device/model'];
  delete reset['sys/block/nvme0n1/device/model'];
  const { nulls } = hostMetrics(readAt(EARLY, 0), readAt(reset, 1_000));
  assert.equal(nulls['context_switches_per_second'], 'failed');
  assert.equal(nulls['disk_read_iops'], 'not-applicable');
  assert.equal(nulls['disk_busy_max_ratio'], 'not-applicable');
});

test('in a container, where nothing has a device, the default route decides', () => {
  const none = (): boolean => false;
  const names = [...parseNetDev(EARLY['proc/net/dev'] ?? '').keys()];
  const route = 'Iface\tDestination\tGateway\neth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n';
  assert.deepEqual(countedInterfaces(names, none, defaultRouteInterfaces(route)), ['eth0']);
  assert.deepEqual(countedInterfaces(names, none, new Set()), ['eth0', 'eth1', 'docker0', 'veth12']);
});

test('tests that sample at the same time share a reading, each with rates of its own', async () => {
  let atMs = 0;
  let readings = 0;
  const files = [EARLY, LATE, LATE];
  const sampler = new HostSampler(
    () => readAt(files[readings++] ?? LATE, atMs),
    () => atMs,
  );
  const [a, b] = await Promise.all([sampler.sample(1), sampler.sample(2)]);
  assert.equal(readings, 1);
  assert.equal(a.nulls?.['cpu_ratio'], 'first-sample');
  assert.deepEqual(a.metrics, b.metrics);
  atMs = 4_000;
  assert.equal((await sampler.sample(1)).metrics['interrupts_per_second'], 100);
  atMs = 8_000;
  assert.equal((await sampler.sample(2)).metrics['interrupts_per_second'], 50);
});

test('this machine: values agree with what Node and a second look say', async () => {
  const now = (): number => performance.now();
  const sampler = new HostSampler(hostReader(process.platform, now), now);
  const { metrics } = await sampler.sample(1);
  assert.equal(metrics['memory_total_bytes'], totalmem());
  assert.equal(metrics['cpu_cores'], cpus().length);
  const inContainer =
    process.platform === 'linux' && readlinkSync('/proc/self/ns/pid') !== 'pid:[4026531836]';
  if (inContainer) assert.equal(metrics['processes'], null);
  else assert.ok((metrics['processes'] as number) > 0);
  if (process.platform !== 'linux') return;
  const received = parseNetDev(readFileSync('/proc/net/dev', 'utf8'));
  const sum = [...received.values()].reduce((total, { receivedBytes }) => total + receivedBytes, 0);
  assert.ok((metrics['network_received_bytes'] as number) <= sum);
});

test('inside a container the number of processes is not known, for only its own are seen', () => {
  const within = (namespace: string): number | null =>
    withTree(EARLY, (root) => {
      mkdirSync(join(root, 'proc/self/ns'), { recursive: true });
      symlinkSync(namespace, join(root, 'proc/self/ns/pid'));
      return readLinuxHost(root, () => 0).processes;
    });
  assert.equal(within('pid:[4026532281]'), null);
  assert.equal(within('pid:[4026531836]'), 3);
});

test('the portable reader tells what it can and invents nothing', async () => {
  const { metrics, nulls } = hostMetrics(null, await readPortableHost(() => performance.now()));
  assert.ok((metrics['memory_total_bytes'] as number) > 0);
  assert.equal(nulls['disk_read_iops'], 'unsupported');
  assert.equal(nulls['cpu_steal_ratio'], 'unsupported');
  assert.equal(nulls['tcp_established'], 'unsupported');
});
