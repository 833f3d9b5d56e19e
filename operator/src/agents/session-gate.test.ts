import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { nodeAgentId } from '@streamswarm/contract';
import type { TokenFacts } from '../kube/review-token.ts';
import { admitToken, claimProblem, LOOPBACK_CALLER } from './session-gate.ts';

const ACCOUNT = { audience: 'streamswarm', namespace: 'system', serviceAccount: 'agent' };
const GOOD: TokenFacts = {
  username: 'system:serviceaccount:system:agent',
  audiences: ['streamswarm'],
  namespace: 'system',
  serviceAccount: 'agent',
  podName: 'agent-x',
  podUid: 'pod-1',
  nodeName: 'worker-1',
  nodeUid: 'node-1',
};
const WORKER = { kind: 'Node', nodeName: 'worker-1', nodeUid: 'node-1', podName: 'agent-x', podUid: 'pod-1' };

test('a token is good when everything in it is ours', () => {
  assert.deepEqual(admitToken(GOOD, ACCOUNT), { kind: 'admitted', caller: WORKER });
  const wrong: [Partial<TokenFacts>, string][] = [
    [{ audiences: [] }, 'unauthenticated'],
    [{ audiences: ['streamswarm-other'] }, 'unauthenticated'],
    [{ username: 'system:serviceaccount:system:agent2' }, 'forbidden'],
    [{ namespace: 'other' }, 'forbidden'],
    [{ serviceAccount: 'other' }, 'forbidden'],
    [{ serviceAccount: null, namespace: null }, 'forbidden'],
    [{ podUid: null }, 'forbidden'],
    [{ podUid: '' }, 'forbidden'],
    [{ nodeName: null }, 'forbidden'],
  ];
  for (const [change, kind] of wrong) {
    assert.equal(admitToken({ ...GOOD, ...change }, ACCOUNT).kind, kind, JSON.stringify(change));
  }
});

test('a pod may claim its own node and nothing else, a host anything but a node', () => {
  const admission = admitToken(GOOD, ACCOUNT);
  assert.ok(admission.kind === 'admitted');
  assert.equal(claimProblem(admission.caller, nodeAgentId('worker-1')), null);
  assert.match(claimProblem(admission.caller, nodeAgentId('worker-2')) ?? '', /another node/);
  assert.match(claimProblem(admission.caller, randomUUID()) ?? '', /another node/);
  assert.equal(claimProblem(LOOPBACK_CALLER, randomUUID()), null);
  assert.match(claimProblem(LOOPBACK_CALLER, nodeAgentId('worker-1')) ?? '', /belongs to a node/);
});
