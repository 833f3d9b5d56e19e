import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { becomeReady, type LabProcess, startLabProcess } from '../lab-process.ts';
import type { LabRecord } from '../ownership/lab-record.ts';
import { labPort } from './lab-port.ts';

export interface Etcd {
  readonly url: string;
  readonly process: LabProcess;
  /** Forgets every revision before the present one. */
  compact(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** One etcd on loopback. It never syncs to disk: the lab does not outlive the machine. */
export async function startEtcd(binary: string, record: LabRecord): Promise<Etcd> {
  const dataDir = join(record.dir, 'etcd');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const url = `http://${LOOPBACK}:${await labPort(LOOPBACK)}`;
  const peerUrl = `http://${LOOPBACK}:${await labPort(LOOPBACK)}`;
  const server = startLabProcess(
    'etcd',
    [
      binary,
      `--data-dir=${dataDir}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
      // As kubeadm sets it: bookmarks of quiet kinds, and consistent reads from the cache of the API server.
      '--watch-progress-notify-interval=5s',
    ],
    { record, logFile: join(record.dir, 'etcd.log') },
  );
  await becomeReady(server, async () => (await fetch(`${url}/health`)).ok);
  return {
    url,
    process: server,
    async compact() {
      const { header } = await call(url, 'maintenance/status', {});
      await call(url, 'kv/compaction', { revision: header.revision, physical: true });
    },
  };
}

/** etcd's own JSON gateway, so that no etcdctl has to be built. */
async function call(url: string, path: string, body: object): Promise<{ header: { revision: string } }> {
  const response = await fetch(`${url}/v3/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`etcd ${path}: ${response.status} ${await response.text()}`);
  return response.json() as Promise<{ header: { revision: string } }>;
}
