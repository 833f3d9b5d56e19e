// What the manifests ask of a node. Whether Pod Security admits them is asked of a real API server elsewhere.
import assert from 'node:assert/strict';
import { helmTest, objects, type Rendered } from './helm.ts';

interface Container {
  readonly args?: readonly string[];
  readonly ports?: readonly unknown[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: {
    readonly allowPrivilegeEscalation: boolean;
    readonly readOnlyRootFilesystem: boolean;
    readonly capabilities: { readonly drop: readonly string[]; readonly add?: readonly string[] };
  };
}

interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly automountServiceAccountToken?: boolean;
  readonly securityContext: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser: number;
    readonly seccompProfile: { readonly type: string };
    readonly sysctls?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly containers: readonly Container[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
}

const HOST = ['crds.enabled=false', 'postgres.evaluation.password=x'];
const SIX = [...HOST, 'ipFamily=IPv6'];
const POD = [...HOST, 'agent.profile=pod'];

async function podSpec(values: readonly string[], name: string): Promise<PodSpec> {
  const found: Rendered | undefined = (await objects(values)).find(
    ({ kind, metadata }) => metadata.name === name && /^(Deployment|DaemonSet|StatefulSet)$/.test(kind),
  );
  assert.ok(found, `no ${name} was rendered`);
  // These three kinds hold their pod here.
  return (found['spec'] as { template: { spec: PodSpec } }).template.spec;
}

/** What the level restricted of Pod Security would say no to. */
function beyondRestricted(spec: PodSpec): string[] {
  const added = spec.containers.flatMap(({ securityContext }) => securityContext.capabilities.add ?? []);
  return [
    ...(spec.hostNetwork === true ? ['hostNetwork'] : []),
    ...(spec.hostPID === true ? ['hostPID'] : []),
    ...((spec.volumes ?? []).some((volume) => 'hostPath' in volume) ? ['hostPath'] : []),
    ...(spec.securityContext.runAsNonRoot === true && spec.securityContext.runAsUser !== 0 ? [] : ['root']),
    ...added,
  ];
}

const PROGRAMS = [
  [HOST, 'streamswarm-operator', []],
  [HOST, 'streamswarm-postgres', []],
  [POD, 'streamswarm-agent', []],
  [HOST, 'streamswarm-agent', ['hostNetwork', 'hostPath', 'root', 'NET_RAW']],
] as const;

for (const [values, name, beyond] of PROGRAMS) {
  const profile = values === POD ? 'pod' : 'host';
  helmTest(
    `${name} (profile ${profile}) goes beyond restricted in: ${beyond.join(', ') || 'nothing'}`,
    async () => {
      const spec = await podSpec(values, name);
      assert.deepEqual(beyondRestricted(spec), beyond);
      assert.equal(spec.securityContext.seccompProfile.type, 'RuntimeDefault');
      for (const { securityContext } of spec.containers) {
        assert.equal(securityContext.allowPrivilegeEscalation, false);
        assert.equal(securityContext.readOnlyRootFilesystem, true);
        assert.deepEqual(securityContext.capabilities.drop, ['ALL']);
      }
    },
  );
}

helmTest('an agent opens no port and gets no token but the one for the operator', async () => {
  for (const values of [HOST, POD]) {
    const spec = await podSpec(values, 'streamswarm-agent');
    assert.equal(spec.automountServiceAccountToken, false);
    assert.deepEqual(
      spec.containers.flatMap(({ ports }) => ports ?? []),
      [],
    );
    const tokens = (spec.volumes ?? []).filter((volume) => 'projected' in volume || 'secret' in volume);
    assert.deepEqual(tokens, [
      {
        name: 'token',
        projected: {
          sources: [
            { serviceAccountToken: { path: 'token', audience: 'streamswarm', expirationSeconds: 3600 } },
          ],
        },
      },
    ]);
  }
});

helmTest('the pod profile may send echo requests by the one sysctl that is safe', async () => {
  assert.deepEqual((await podSpec(POD, 'streamswarm-agent')).securityContext.sysctls, [
    { name: 'net.ipv4.ping_group_range', value: '0 2147483647' },
  ]);
  // On the host network the kubelet would refuse it.
  assert.equal((await podSpec(HOST, 'streamswarm-agent')).securityContext.sysctls, undefined);
});

helmTest('agents ask for the name that the operator has in its certificate', async () => {
  const [agent] = (await podSpec(HOST, 'streamswarm-agent')).containers;
  const [operator] = (await podSpec(HOST, 'streamswarm-operator')).containers;
  const nameIn = (container: Container | undefined, option: string): string | undefined =>
    container?.args?.find((word) => word.startsWith(`${option}=`))?.split('=')[1];
  assert.equal(nameIn(agent, '--server-name'), 'streamswarm-operator.streamswarm.svc');
  assert.equal(nameIn(operator, '--agent-server-name'), nameIn(agent, '--server-name'));
});

helmTest('an IPv6 cluster gets its addresses in brackets', async () => {
  const [agent] = (await podSpec(SIX, 'streamswarm-agent')).containers;
  assert.ok(agent?.args?.includes('--server=https://[$(STREAMSWARM_OPERATOR_SERVICE_HOST)]:5443'));
  const [operator] = (await podSpec(SIX, 'streamswarm-operator')).containers;
  assert.match(
    operator?.env?.find(({ name }) => name === 'DATABASE_URL')?.value ?? '',
    /@\[\$\(STREAMSWARM_POSTGRES_SERVICE_HOST\)\]:5432/,
  );
});

const OWN = ['crds.enabled=false', 'postgres.evaluation.enabled=false', 'database.existingSecret.name=db'];
const CAS = [
  [
    ['database.ca.existingSecret.name=ca'],
    { name: 'database-ca', secret: { secretName: 'ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  ],
  [
    ['database.ca.existingConfigMap.name=ca', 'database.ca.existingConfigMap.key=bundle.pem'],
    { name: 'database-ca', configMap: { name: 'ca', items: [{ key: 'bundle.pem', path: 'ca.crt' }] } },
  ],
] as const;

for (const [values, volume] of CAS) {
  helmTest(`the operator finds the CA of its database where it looks: ${values.join(', ')}`, async () => {
    const { volumes, containers } = await podSpec([...OWN, ...values], 'streamswarm-operator');
    assert.deepEqual(volumes, [volume]);
    const [operator] = containers;
    const file = operator?.env?.find(({ name }) => name === 'DATABASE_CA_FILE')?.value;
    const [mount] = operator?.volumeMounts ?? [];
    assert.equal(mount?.name, volume.name);
    assert.equal(file, `${mount.mountPath}/ca.crt`);
  });
}

helmTest('without a CA nothing is mounted into the operator', async () => {
  const { volumes, containers } = await podSpec(OWN, 'streamswarm-operator');
  assert.equal(volumes, undefined);
  assert.equal(containers[0]?.volumeMounts, undefined);
});
