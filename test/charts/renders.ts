import { fileURLToPath } from 'node:url';

/** Without CRDs, which the contract makes and other tests hold; the password would be a new one each time. */
const STEADY = ['crds.enabled=false', 'postgres.evaluation.password=golden'];

/** What is kept in golden/: name of the file, and the values it is rendered with. */
export const RENDERS: Readonly<Record<string, readonly string[]>> = {
  'host.yaml': STEADY,
  'pod.yaml': [...STEADY, 'agent.profile=pod'],
  'hosts.yaml': [...STEADY, 'hosts.url=https://swarm.example.net:30443', 'hosts.service.nodePort=30443'],
  'network-policy.yaml': [
    ...STEADY,
    'agent.profile=pod',
    'hosts.url=https://swarm.example.net:30443',
    'networkPolicy.enabled=true',
    'networkPolicy.agentAddresses={198.18.1.0/24,2001:db8::/64}',
    'networkPolicy.apiServer.addresses={198.18.0.1/32}',
  ],
  'own-postgres.yaml': [
    'crds.enabled=false',
    'postgres.evaluation.enabled=false',
    'database.existingSecret.name=results-db',
    'database.ca.existingSecret.name=results-ca',
    'operator.replicas=2',
    'agent.profile=pod',
    'image.pullSecrets[0].name=registry',
  ],
};

export const goldenFile = (name: string): string =>
  fileURLToPath(new URL(`./golden/${name}`, import.meta.url));
