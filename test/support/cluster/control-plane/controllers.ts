import { join } from 'node:path';
import { type LabProcess, startLabProcess } from '../lab-process.ts';
import type { LabRecord } from '../ownership/lab-record.ts';
import { ensureTools } from '../tools.ts';
import type { ApiServer } from './api-server.ts';

export interface ControllerParts {
  readonly record: LabRecord;
  readonly apiServer: ApiServer;
  kubeconfigOf(user: string): string;
}

export async function startControllerManager(parts: ControllerParts): Promise<LabProcess> {
  const { record, apiServer, kubeconfigOf } = parts;
  const tools = await ensureTools(['kube-controller-manager']);
  return startLabProcess(
    'kube-controller-manager',
    [
      tools['kube-controller-manager'],
      `--kubeconfig=${kubeconfigOf('system:kube-controller-manager')}`,
      '--use-service-account-credentials',
      `--root-ca-file=${apiServer.caFile}`,
      `--service-account-private-key-file=${apiServer.serviceAccountKeyFile}`,
      '--leader-elect=false',
      '--secure-port=0',
      // A dead node shows within half a minute: its kubelet renews its lease every five seconds.
      '--node-monitor-period=2s',
      '--node-monitor-grace-period=20s',
      '--profiling=false',
    ],
    { record, logFile: join(record.dir, 'kube-controller-manager.log') },
  );
}

export async function startScheduler({ record, kubeconfigOf }: ControllerParts): Promise<LabProcess> {
  const tools = await ensureTools(['kube-scheduler']);
  return startLabProcess(
    'kube-scheduler',
    [
      tools['kube-scheduler'],
      `--kubeconfig=${kubeconfigOf('system:kube-scheduler')}`,
      '--leader-elect=false',
      '--secure-port=0',
      '--profiling=false',
    ],
    { record, logFile: join(record.dir, 'kube-scheduler.log') },
  );
}
