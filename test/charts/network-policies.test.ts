// Who may speak to whom, as rendered: what a network plug-in makes of it was never run.
import assert from 'node:assert/strict';
import { helmTest, objects } from './helm.ts';

interface Peer {
  readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly ipBlock?: { readonly cidr: string };
}

interface Rule {
  readonly ports?: readonly { readonly protocol: string; readonly port: number | string }[];
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
}

interface Policy {
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

const ON = ['crds.enabled=false', 'postgres.evaluation.password=x', 'networkPolicy.enabled=true'];
const OWN = [...ON, 'postgres.evaluation.enabled=false', 'database.existingSecret.name=db'];
const COMPONENT = 'app.kubernetes.io/component';

/** The policies by the component that they are for. */
async function policies(values: readonly string[]): Promise<Readonly<Record<string, Policy>>> {
  const found = (await objects(values)).filter(({ kind }) => kind === 'NetworkPolicy');
  const specs = found.map(({ spec }) => spec as Policy);
  return Object.fromEntries(specs.map((spec) => [spec.podSelector.matchLabels[COMPONENT], spec]));
}

/** `*` where a rule names nobody, which is everybody. */
const named = (peers: readonly Peer[] | undefined): readonly (string | undefined)[] =>
  peers?.map(({ podSelector, ipBlock }) => podSelector?.matchLabels[COMPONENT] ?? ipBlock?.cidr) ?? ['*'];

const told = (peers: readonly Peer[] | undefined, { ports }: Rule): string =>
  `${named(peers)}: ${ports?.map(({ port }) => port) ?? '*'}`;
const inward = (policy: Policy | undefined) => policy?.ingress?.map((rule) => told(rule.from, rule));
const outward = (policy: Policy | undefined) => policy?.egress?.map((rule) => told(rule.to, rule));

helmTest('none unless they are asked for', async () => {
  assert.deepEqual(await policies(['crds.enabled=false', 'postgres.evaluation.password=x']), {});
});

helmTest('each says both ways: what no policy allows is denied', async () => {
  const all = await policies([...ON, 'agent.profile=pod']);
  assert.deepEqual(Object.keys(all).sort(), ['agent', 'operator', 'postgres']);
  for (const { policyTypes } of Object.values(all)) assert.deepEqual(policyTypes, ['Ingress', 'Egress']);
});

helmTest('the evaluation Postgres hears the operator alone and asks nobody', async () => {
  const { postgres, operator } = await policies(ON);
  assert.deepEqual(inward(postgres), ['operator: postgres']);
  assert.deepEqual(outward(postgres), []);
  assert.deepEqual(outward(operator), ['*: 443,6443', 'postgres: postgres']);
});

helmTest('with a Postgres of your own the operator may ask for its name', async () => {
  const all = await policies([
    ...OWN,
    'networkPolicy.apiServer.addresses={198.18.0.1/32}',
    'networkPolicy.apiServer.ports={16443}',
    'networkPolicy.database.addresses={198.18.7.0/24,2001:db8::7/128}',
    'networkPolicy.database.ports={6432}',
  ]);
  assert.deepEqual(outward(all['operator']), [
    '198.18.0.1/32: 16443',
    '198.18.7.0/24,2001:db8::7/128: 6432',
    '*: 53,53,5353,5353',
  ]);
  assert.equal(all['postgres'], undefined);
});

const HOSTS = 'hosts.url=https://swarm.example.net:30443';
const NODES = 'networkPolicy.agentAddresses={198.18.1.0/24}';
const HEARD = [
  [['agent.profile=pod'], ['agent: agents']],
  [['agent.profile=pod', NODES], ['agent,198.18.1.0/24: agents']],
  // Hosts come from anywhere, and so do nodes: neither is a pod.
  [['agent.profile=pod', HOSTS], ['*: agents']],
  [['agent.profile=pod', HOSTS, NODES], ['agent,198.18.1.0/24: agents']],
  [[], ['*: agents']],
  [[NODES], ['198.18.1.0/24: agents']],
] as const;

for (const [values, heard] of HEARD) {
  helmTest(`the operator hears ${heard.join(', ')} with ${values.join(' ') || 'the defaults'}`, async () => {
    assert.deepEqual(inward((await policies([...ON, ...values]))['operator']), heard);
  });
}

helmTest('agents measure each other and whatever tests name', async () => {
  const { agent } = await policies([...ON, 'agent.profile=pod']);
  assert.deepEqual(inward(agent), ['agent: *']);
  assert.deepEqual(outward(agent), ['*: *']);
  // On the network of the node no policy applies to them.
  assert.equal((await policies(ON))['agent'], undefined);
});
