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
import type { HostDisk, HostFileSystem, HostInterface } from '@streamswarm/contract/wire/machine';
import { hostDetails } from './host-details.ts';
import { hostMetrics } from './host-metrics.ts';
import type { HostReading } from './host-reading.ts';
import { HostSampler, hostReader } from './host-sampler.ts';
import { countedInterfaces, defaultRouteInterfaces, parseNetDev } from './parse-net-dev.ts';
import { readLinuxHost } from './read-linux-host.ts';
import { readPortableHost } from './read-portable-host.ts';

interface Details {
  readonly filesystems: HostFileSystem[];
  readonly disks: HostDisk[];
  readonly interfaces: HostInterface[];
}

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
    'Tcp: RtoAlgorithm CurrEstab InSegs OutSegs RetransSegs\nTcp: 1 17 100 1000 10\nUdp: InDatagrams RcvbufErrors SndbufErrors\nUdp: 5 10 1\n',
  'proc/net/snmp6':
    'Udp6InDatagrams                 \t7\nUdp6RcvbufErrors                \t3\nUdp6SndbufErrors                \t0\n',
  'proc/net/netstat':
    'TcpExt: SyncookiesSent TCPOFOQueue TCPToZeroWindowAdv\nTcpExt: 0 100 8\nIpExt: InNoRoutes\nIpExt: 0\n',
  'proc/net/sockstat': 'sockets: used 36\nTCP: inuse 2 orphan 4 tw 23 alloc 2 mem 0\n',
  'proc/mounts': `/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
/dev/sda1 /etc/hosts ext4 rw 0 0
/dev/sdb1 /big\\040data xfs rw 0 0
/dev/sdc1 /not/there xfs rw 0 0
/dev/loop7 /snap/core squashfs ro 0 0
server:/home /home nfs4 rw 0 0
tmpfs /run tmpfs rw 0 0
`,
  'big data/file': '',
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
  'proc/diskstats': `   8       0 sda 120 5 2400 69 240 5 4800 189 0 2500 9 0 0 0 0 0 0
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
    'Tcp: RtoAlgorithm CurrEstab InSegs OutSegs RetransSegs\nTcp: 1 18 100 1200 15\nUdp: InDatagrams RcvbufErrors SndbufErrors\nUdp: 5 14 2\n',
  'proc/net/snmp6': 'Udp6RcvbufErrors                \t6\nUdp6SndbufErrors                \t0\n',
  'proc/net/netstat': 'TcpExt: SyncookiesSent TCPOFOQueue TCPToZeroWindowAdv\nTcpExt: 0 140 9\n',
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
    const now = readAt(LATE, 4_000);
    const [short, long] = [hostMetrics(before, now), hostDetails(before, now)];
    const metrics = { ...short.metrics, ...long.metrics };
    const nulls: Record<string, unknown> = { ...short.nulls, ...long.nulls };
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
  assert.equal(metrics['tcp_orphaned'], 4);
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
  assert.equal(metrics['tcp_out_of_order_per_second'], 10);
  assert.equal(metrics['tcp_zero_windows_per_second'], 0.25);
  assert.equal(metrics['udp_buffer_errors_per_second'], 2, '4 + 1 of IPv4, 3 of IPv6, in 4 s');
  assert.equal(metrics['disk_await_max_seconds'], 0.24 / 60, 'sda: 240 ms for 60 requests; nvme0n1 had none');
});

test('each file system once, and none that could hang; rates of each disk and interface', () => {
  const early = readAt(EARLY, 1_000);
  const first = hostDetails(null, early).metrics as unknown as Details;
  assert.deepEqual(first.filesystems.map(({ mount, device, type }) => [mount, device, type]).sort(), [
    ['/', '/dev/sda1', 'ext4'],
    ['/big data', '/dev/sdb1', 'xfs'],
  ]);
  const [root] = first.filesystems;
  assert.ok(root !== undefined && root.used_bytes <= root.total_bytes && root.used_ratio <= 1);
  assert.deepEqual(first.disks[0], {
    name: 'sda',
    read_iops: null,
    write_iops: null,
    read_bytes_per_second: null,
    written_bytes_per_second: null,
    busy_ratio: null,
    await_seconds: null,
  });
  const late = hostDetails(early, readAt(LATE, 5_000)).metrics as unknown as Details;
  assert.deepEqual(late.disks, [
    {
      name: 'sda',
      read_iops: 5,
      write_iops: 10,
      read_bytes_per_second: (400 * 512) / 4,
      written_bytes_per_second: (800 * 512) / 4,
      busy_ratio: 1_500 / 4_000,
      await_seconds: 0.24 / 60,
    },
    {
      name: 'nvme0n1',
      read_iops: 0,
      write_iops: 0,
      read_bytes_per_second: 0,
      written_bytes_per_second: 0,
      busy_ratio: 10 / 4_000,
      await_seconds: null,
    },
  ]);
  assert.deepEqual(
    late.interfaces.map(({ name, kind, received_bytes_per_second: rate, errors, drops }) => [
      name,
      kind,
      rate,
      errors,
      drops,
    ]),
    [
      ['eth0', 'device', 500, 4, 6],
      ['eth1', 'device', null, 0, 0],
      ['eth2', 'device', null, 0, 0],
      ['lo', 'loopback', 2_250, 0, 0],
    ],
  );
  assert.deepEqual(
    first.interfaces.map(({ name }) => name),
    ['eth0', 'eth1', 'lo', '2 virtual'],
  );
});

test('a machine with very many parts stays a small sample', () => {
  const path = '/var/lib/kubelet/'.repeat(200);
  const many = Array.from({ length: 500 }, (_, i) => i);
  const reading = readAt(EARLY, 0);
  const space = { device: `/dev/${'x'.repeat(500)}`, type: 'ext4', total: 10, used: 5 };
  const [eth0] = reading.interfaces?.values() ?? [];
  assert.ok(eth0 !== undefined);
  const { metrics } = hostDetails(null, {
    ...reading,
    fileSystems: new Map(many.map((i) => [`${path}${i}`, { ...space, ratio: i / 500 }])),
    interfaces: new Map(many.map((i) => [`eth${i}`, eth0])),
  });
  const { filesystems, interfaces } = metrics as unknown as Details;
  assert.deepEqual([filesystems.length, filesystems[0]?.used_ratio, interfaces.length], [32, 499 / 500, 34]);
  assert.ok(JSON.stringify(metrics).length < 30_000);
});

test('what is long is told once a minute, over the whole of it', async () => {
  let atMs = 0;
  let readings = 0;
  const sampler = new HostSampler(
    () => readAt(readings++ < 3 ? EARLY : LATE, atMs),
    () => atMs,
  );
  const at = async (ms: number) => {
    atMs = ms;
    return await sampler.sample(1);
  };
  assert.notEqual((await at(0)).metrics['disks'], null);
  for (const ms of [20_000, 40_000]) {
    const { metrics, nulls } = await at(ms);
    assert.deepEqual([metrics['disks'], nulls?.['disks']], [null, 'not-applicable']);
  }
  const disks = (await at(60_000)).metrics['disks'] as Details['disks'];
  assert.equal(disks[0]?.read_iops, 20 / 60, 'since the minute before, not since the last sample');
});

test('a clock that is not bounded has no bound, and one that says nothing none either', () => {
  const reading = readAt(EARLY, 0);
  const of = (clock: HostReading['clock']): unknown[] => {
    const { metrics, nulls } = hostMetrics(null, { ...reading, clock });
    return [
      metrics['clock_synchronised'],
      metrics['clock_error_bound_seconds'] ?? nulls['clock_error_bound_seconds'],
    ];
  };
  assert.deepEqual(of({ synchronised: true, errorBoundSeconds: 0.012 }), [1, 0.012]);
  assert.deepEqual(of({ synchronised: false, errorBoundSeconds: null }), [0, 'not-applicable']);
  assert.deepEqual(of(null), [null, 'unsupported']);
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
