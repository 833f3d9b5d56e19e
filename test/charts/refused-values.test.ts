import assert from 'node:assert/strict';
import { helmTest, template } from './helm.ts';

const ANOTHER = 'postgresql://user:word@db.example.net/results';

/** Values, and what the refusal has to say about them. */
const REFUSED: readonly (readonly [what: string, values: readonly string[], says: RegExp])[] = [
  ['a profile that does not exist', ['agent.profile=root'], /\/agent\/profile.*one of 'host', 'pod'/],
  ['a typing error', ['agent.profil=pod'], /\/agent': additional properties 'profil' not allowed/],
  ['a word where a number belongs', ['operator.replicas=two'], /\/operator\/replicas.*want integer/],
  ['no agent may be missing', ['agent.maxUnavailable=0'], /\/agent\/maxUnavailable.*minimum: got 0, want 1/s],
  ['another database', ['database.url=mysql://db'], /\/database\/url': 'mysql:\/\/db' does not match/],
  ['a relative folder of the node', ['agent.hostPath=spool'], /\/agent\/hostPath.*does not match/],
  [
    'a size without a unit of Kubernetes',
    ['postgres.evaluation.storage.size=10GB'],
    /storage\/size': '10GB'/,
  ],
  [
    'a pull policy that does not exist',
    ['image.pullPolicy=Sometimes'],
    /one of 'Always', 'IfNotPresent', 'Never'/,
  ],
  ['hosts that join without TLS', ['hosts.url=http://swarm.example.net'], /\/hosts\/url.*does not match/s],
  ['a path behind the address of hosts', ['hosts.url=https://a.example/x'], /\/hosts\/url/],
  ['Postgres as root', ['postgres.evaluation.runAsUser=0'], /runAsUser': minimum: got 0, want 1/],
  [
    'two databases',
    [`database.url=${ANOTHER}`],
    /More than one database is given \(database\.url, postgres\.evaluation\.enabled\).*set postgres\.evaluation\.enabled=false/,
  ],
  [
    'no database',
    ['postgres.evaluation.enabled=false'],
    /No database is given: set database\.url or database\.existingSecret\.name/,
  ],
  [
    'a CA for the evaluation Postgres',
    ['database.ca.existingSecret.name=ca'],
    /the evaluation Postgres does not speak TLS\. Set postgres\.evaluation\.enabled=false/,
  ],
  [
    'two CAs',
    [
      ...['postgres.evaluation.enabled=false', `database.url=${ANOTHER}`],
      ...['database.ca.existingSecret.name=ca', 'database.ca.existingConfigMap.name=ca'],
    ],
    /More than one CA of the database is given.*keep one/,
  ],
  [
    'a name where a range of addresses belongs',
    ['networkPolicy.agentAddresses={swarm.example.net}'],
    /\/networkPolicy\/agentAddresses\/0.*does not match/,
  ],
  // Kubernetes would read it as every port.
  ['no list of ports', ['networkPolicy.database.ports=null'], /database': missing property 'ports'/],
  [
    'a folder in the name of a key',
    ['database.ca.existingSecret.key=pki/ca.crt'],
    /\/database\/ca\/existingSecret\/key/,
  ],
];

for (const [what, values, says] of REFUSED) {
  helmTest(`refused, with the reason: ${what}`, async () => {
    const result = await template(values);
    assert.ok('refused' in result, 'it was rendered');
    assert.match(result.refused, says);
  });
}
